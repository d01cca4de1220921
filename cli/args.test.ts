import { expect, it } from 'vitest';
import { parseArguments, UsageError } from './args';

it('fills in what is not said', () => {
  expect(parseArguments(['--img', 'a', '--out', 'b'])).toEqual({
    source: { kind: 'folder', path: 'a' },
    out: 'b',
    model: null,
    k: null,
    seed: 1,
    backend: 'auto',
    resize: 'squash',
    limit: null,
  });
});

it('takes everything that can be said', () => {
  const words =
    '--zip a.zip --out b --model x.onnx --k 12 --seed 7 --backend wasm --preprocess crop --limit 100';
  expect(parseArguments(words.split(' '))).toEqual({
    source: { kind: 'archive', path: 'a.zip' },
    out: 'b',
    model: 'x.onnx',
    k: 12,
    seed: 7,
    backend: 'wasm',
    resize: 'crop',
    limit: 100,
  });
  expect(parseArguments(['--img=a', '--out=b', '--k=auto'])).toMatchObject({ k: null });
});

it('gives help whatever else is said', () => {
  expect(parseArguments(['--help'])).toBe('help');
  expect(parseArguments(['--k', 'x', '-h'])).toBe('help');
});

it.each([
  ['', /--img DIR or --zip FILE/],
  ['--img a --zip b --out c', /either/],
  ['--img a', /--out DIR/],
  ['--img a --out', /--out/],
  ['--img a --out b --k 0', /--k takes a whole number from 1/],
  ['--img a --out b --k 2.5', /not "2.5"/],
  ['--img a --out b --k 1e1', /not "1e1"/],
  ['--img a --out b --seed -1', /--seed/],
  ['--img a --out b --seed=4294967296', /--seed/],
  ['--img a --out b --limit 0', /--limit/],
  ['--img a --out b --backend cuda', /--backend takes auto, webgpu, wasm, not "cuda"/],
  ['--img a --out b --preprocess stretch', /squash, crop/],
  ['--img a --out b --kk 3', /Unknown option '--kk'/],
  ['a --out b', /Unexpected argument 'a'/],
])('refuses "%s" with a sentence', (words, sentence) => {
  const parse = () => parseArguments(words.split(' ').filter(Boolean));
  expect(parse).toThrow(UsageError);
  expect(parse).toThrow(sentence);
});
