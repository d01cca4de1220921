import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { artifactBytes, type Artifact } from './artifact';
import { parseCsv } from './csv';
import { embeddingsBundle } from './embeddings';
import { readNpy } from './npy';
import { safeName } from './safe-name';
import { uniqueNames, zip } from './zip';
import { RAW_PIXELS } from '../domain/spec';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const unzip = async (artifact: Artifact) => unzipSync(await artifactBytes(artifact));

it('keeps names apart, also where case or composition is not told apart', () => {
  const unique = uniqueNames();
  expect(
    ['a.jpg', 'a.jpg', 'A.JPG', 'b/a.jpg', 'a (2).jpg', '.x', '.x', 'e\u0301', '\u00e9'].map(unique),
  ).toEqual([
    'a.jpg',
    'a (2).jpg',
    'A (3).JPG',
    'b/a.jpg',
    'a (2) (2).jpg',
    '.x',
    '.x (2)',
    'e\u0301',
    '\u00e9 (2)',
  ]);
});

it('keeps 20,000 equal names apart in good time', () => {
  const unique = uniqueNames();
  const names = new Set(Array.from({ length: 20_000 }, () => unique('image.jpg')));
  expect(names.size).toBe(20_000);
});

it('gives the same bytes for the same entries', async () => {
  const make = () =>
    artifactBytes({ name: '', type: '', chunks: zip([{ name: 'a', input: new Blob(['x']) }]) });
  const first = await make();
  await new Promise((resolve) => setTimeout(resolve, 2100));
  expect(await make()).toEqual(first);
});

it('stops reading entries when nobody reads the archive any more', async () => {
  let made = 0;
  async function* entries() {
    for (;;) {
      made++;
      yield { name: 'a', input: new Uint8Array(100_000) };
    }
  }
  for await (const chunk of zip(entries())) if (chunk.length > 1000) break;
  const then = made;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(made).toBe(then);
  expect(made).toBeLessThan(5);
});

it.each([
  ['a.jpg', 'a.jpg'],
  ['<img src=x onerror=alert(1)>.png', '_img src=x onerror=alert(1)_.png'],
  ['..', '__'],
  ['.', '_'],
  ['', '_'],
  ['a\\b.png', 'a_b.png'],
  ['CON', '_CON'],
  ['nul.txt', '_nul.txt'],
  ['tail. .', 'tail___'],
  ['מזל טוב.jpg', 'מזל טוב.jpg'],
  ['evil\u202egpj.exe', 'evil_gpj.exe'],
  ['🦔.gif', '🦔.gif'],
])('makes names safe: %j -> %j', (from, to) => {
  expect(safeName(from)).toBe(to);
});

it('shortens names to what file systems take, whole characters and the ending kept', () => {
  const long = safeName(`${'👩‍🔬'.repeat(100)}.jpeg`);
  expect(new TextEncoder().encode(long).length).toBeLessThanOrEqual(247);
  expect(long).toMatch(/^(👩‍🔬)+\.jpeg$/u);
  expect(safeName('x'.repeat(255))).toHaveLength(255);
  expect(safeName('x'.repeat(300))).toHaveLength(247);
});

it('the embeddings bundle: matrix, index and how they were made', async () => {
  const rows = {
    n: 2,
    paths: ['a', 'b'],
    hashes: ['0f', 'f0'],
    widths: new Uint32Array(2),
    heights: new Uint32Array(2),
    duplicates: new Map(),
  };
  const files = await unzip(
    embeddingsBundle(
      rows,
      { rows: 2, dim: 2, chunks: [Float32Array.of(1, 2), Float32Array.of(3, 4)] },
      RAW_PIXELS,
    ),
  );
  expect(readNpy(files['embeddings.npy'])).toEqual({ shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) });
  expect(parseCsv(text(files['index.csv']))).toEqual([
    ['row', 'path', 'sha256'],
    ['0', 'a', '0f'],
    ['1', 'b', 'f0'],
  ]);
  expect(JSON.parse(text(files['spec.json']))).toEqual(RAW_PIXELS);
});
