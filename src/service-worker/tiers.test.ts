import { expect, it } from 'vitest';
import { tierOf } from './tiers';

const file = (url: string, bytes = 1000) => ({ url, bytes, sha256: '' });

it.each([
  ['index.html', 1000, 'shell'],
  ['assets/index-DKNPoPVj.js', 200_000, 'shell'],
  ['assets/index-DKNPoPVj.css', 1000, 'shell'],
  ['manifest.webmanifest', 500, 'shell'],
  ['assets/heic.worker-Dcr0mpy.js', 2_995_400, 'rest'],
  ['models/tessera-resnet18-half-v0.onnx', 5_606_380, 'rest'],
  ['samples/samples.zip', 2_200_000, 'rest'],
])('%s of %i bytes is %s', (url, bytes, tier) => {
  expect(tierOf(file(url, bytes), true)).toBe(tier);
  expect(tierOf(file(url, bytes), false)).toBe(tier);
});

it.each(['ort-wasm-simd-threaded.jspi-CZzFqCHi.wasm', 'ort.jspi.bundle.min-2s50uCes.js'])(
  'fetches %s ahead only where JSPI is',
  (url) => {
    expect(tierOf(file(`assets/${url}`), true)).not.toBe('on-use');
    expect(tierOf(file(`assets/${url}`), false)).toBe('on-use');
  },
);

it('fetches the asyncify build ahead only where JSPI is not', () => {
  const wasm = file('assets/ort-wasm-simd-threaded.asyncify-D5D0fo7z.wasm', 26_781_910);
  expect(tierOf(wasm, true)).toBe('on-use');
  expect(tierOf(wasm, false)).toBe('rest');
});
