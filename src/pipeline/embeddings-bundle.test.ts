import fc from 'fast-check';
import { zipSync } from 'fflate';
import { beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../test/audit';
import { anyDamage, damaged } from '../../test/damage';
import { FAKE_SPEC, fakeFile, fakeThreads } from '../../test/fake-threads';
import { freshDatabase } from '../../test/fresh-database';
import { specKey, type NetworkSpec, type VectorsSpec } from '../domain/spec';
import { artifactBytes } from '../exports/artifact';
import { embeddingsBundle } from '../exports/embeddings';
import { database } from '../store/open';
import { createProject, purgeProject } from '../store/projects';
import { loadRowTable } from '../store/rows';
import { readVectors } from '../store/vectors';
import { readSpec } from './read-spec';
import { Embedding } from './service';

beforeEach(freshDatabase);

const FOREIGN: VectorsSpec = {
  kind: 'vectors',
  file: 'a'.repeat(64),
  array: '',
  paths: '',
  title: 'vectors.npy',
  dim: 4,
};
const create = () =>
  createProject({ name: 'p', spec: FAKE_SPEC, backend: 'auto', seed: 1, k: null, kMin: 5, kMax: 30 });
const files = Array.from({ length: 9 }, (_, i) => fakeFile(`set/"${i}", ü.png`, `image ${i}`));

async function vectors(projectId: string): Promise<number[]> {
  const all: number[] = [];
  for await (const { data } of readVectors(projectId, 'pixels:1x1')) all.push(...data);
  return all;
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** A `.npy` of zeros with the given shape. */
function npy(n: number, d: number): Uint8Array {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${n}, ${d}), }`.padEnd(117) + '\n';
  return new Uint8Array([
    0x93,
    ...text('NUMPY'),
    1,
    0,
    118,
    0,
    ...text(header),
    ...new Uint8Array(n * d * 4),
  ]);
}

describe('embeddings taken over from a file', () => {
  it('are found by content, and not computed again', async () => {
    const first = await create();
    const threads = fakeThreads();
    const service = new Embedding(threads);
    await service.add(first.id, files);
    await service.run(first.id, FAKE_SPEC, 'auto', () => undefined);
    const rows = await loadRowTable(first.id);
    const data = new Float32Array(await vectors(first.id));
    const bundle = await artifactBytes(
      embeddingsBundle(rows, { rows: 9, dim: 4, chunks: [data] }, FAKE_SPEC),
    );
    await purgeProject(first.id);

    const second = await create();
    expect(await service.importEmbeddings(second.id, new Blob([bundle]))).toEqual({
      spec: FAKE_SPEC,
      vectors: 9,
    });
    await audit(second.id);
    await service.add(second.id, [...files.toReversed(), fakeFile('new.png', 'another image')]);
    await service.run(second.id, FAKE_SPEC, 'auto', () => undefined);
    expect(threads.embedded()).toBe(10);
    const expected = [...rows.hashes.keys()]
      .toReversed()
      .flatMap((row) => [...data.subarray(row * 4, row * 4 + 4)]);
    expect((await vectors(second.id)).slice(0, 36)).toEqual(expected);
    await audit(second.id);
  });

  const hash = 'a'.repeat(64);
  const good = {
    'spec.json': text(JSON.stringify(FAKE_SPEC)),
    'index.csv': text(`row,path,sha256\r\n0,a.png,${hash}\r\n`),
    'embeddings.npy': npy(1, 4),
  };

  it('may have their rows in any order of the index', async () => {
    const { id } = await create();
    const other = 'b'.repeat(64);
    const index = text(`path,sha256,row\r\nb.png,${other},1\r\na.png,${hash},0\r\n`);
    const file = new Blob([
      zipSync({ ...good, 'index.csv': index, 'embeddings.npy': npy(2, 4) }) as Uint8Array<ArrayBuffer>,
    ]);
    expect(await new Embedding(fakeThreads()).importEmbeddings(id, file)).toMatchObject({ vectors: 2 });
  });

  it('are those of another tool: found by content, then by path, and a row for each image that is not there', async () => {
    const { id } = await create();
    const service = new Embedding(fakeThreads());
    await service.add(id, files.slice(0, 3));
    await service.run(id, FAKE_SPEC, 'auto', () => undefined);
    const { hashes, paths } = await loadRowTable(id);
    const rows = {
      ...(await loadRowTable(id)),
      n: 4,
      paths: ['renamed.png', paths[2], 'absent.png', paths[0]],
      hashes: [hashes[1], '', '', ''],
    };
    const data = Float32Array.from({ length: 16 }, (_, i) => (i < 12 ? i : NaN));
    const bundle = await artifactBytes(embeddingsBundle(rows, { rows: 4, dim: 4, chunks: [data] }, FOREIGN));
    expect(await service.importEmbeddings(id, new Blob([bundle]))).toEqual({
      spec: FOREIGN,
      vectors: 3,
      added: 1,
    });
    const found: (number | null)[] = [];
    for await (const { row0, n, d, data, bad } of readVectors(id, specKey(FOREIGN)))
      for (let i = 0; i < n; i++) found.push(bad?.includes(row0 + i) ? null : data[i * d]);
    expect(found).toEqual([null, 0, 4, 8]);
    expect((await loadRowTable(id)).paths).toEqual([...paths, 'absent.png']);
    await audit(id);
  });

  it('are passed over for rows that have none', async () => {
    const { id } = await create();
    const index = text(`row,path,sha256\r\n0,gone.png,\r\n1,a.png,${hash}\r\n`);
    const matrix = npy(2, 4);
    const data = new Uint8Array(Float32Array.of(NaN, NaN, NaN, NaN, 1, 2, 3, 4).buffer);
    matrix.set(data, matrix.length - data.length);
    const file = new Blob([
      zipSync({ ...good, 'index.csv': index, 'embeddings.npy': matrix }) as Uint8Array<ArrayBuffer>,
    ]);
    expect(await new Embedding(fakeThreads()).importEmbeddings(id, file)).toMatchObject({ vectors: 1 });
    await audit(id);
  });

  const nan = npy(1, 4);
  nan.set([0, 0, 0xc0, 0x7f], nan.length - 4);
  it.each<[string, Record<string, Uint8Array>, RegExp]>([
    ['no spec.json', { 'spec.json': new Uint8Array() }, /JSON/],
    ['a spec of an unknown kind', { 'spec.json': text('{"kind":"magic"}') }, /"kind" is not one of/],
    [
      'vectors of another tool and another dimension',
      { 'spec.json': text(JSON.stringify({ ...FOREIGN, dim: 5 })) },
      /4 columns, spec.json says 5/,
    ],
    ['another dimension', { 'embeddings.npy': npy(1, 5) }, /5 columns, spec.json says 4/],
    ['more rows than the index', { 'embeddings.npy': npy(2, 4) }, /index.csv has 1 rows, embeddings.npy 2/],
    ['an array cut short', { 'embeddings.npy': npy(1, 4).slice(0, -4) }, /not a whole/],
    ['numbers that are not finite', { 'embeddings.npy': nan }, /not finite/],
    [
      'a row twice',
      { 'index.csv': text(`row,sha256\n0,${hash}\n0,${hash}\n`), 'embeddings.npy': npy(2, 4) },
      /wrong row/,
    ],
    ['no hashes', { 'index.csv': text('row,path\n0,a.png\n') }, /columns row and sha256/],
    ['a wrong hash', { 'index.csv': text('row,sha256\n0,xyz\n') }, /no SHA-256/],
  ])('are refused with %s', async (_, change, reason) => {
    const { id } = await create();
    const file = new Blob([zipSync({ ...good, ...change }) as Uint8Array<ArrayBuffer>]);
    const service = new Embedding(fakeThreads());
    await expect(service.importEmbeddings(id, file)).rejects.toMatchObject({
      code: 'import-embeddings',
      message: expect.stringMatching(reason),
    });
    await audit(id);
  });

  it('are refused when the file is no archive, or lacks a part', async () => {
    const { id } = await create();
    const service = new Embedding(fakeThreads());
    const refused = { code: 'import-embeddings' };
    await expect(service.importEmbeddings(id, new Blob(['text']))).rejects.toMatchObject(refused);
    const lacking = new Blob([zipSync({ 'spec.json': good['spec.json'] }) as Uint8Array<ArrayBuffer>]);
    await expect(service.importEmbeddings(id, lacking)).rejects.toMatchObject({
      message: expect.stringContaining('There is no index.csv in it.'),
    });
  });
});

it('a file that is cut or has bits turned is taken over as it was or refused with a sentence, and leaves nothing', async () => {
  const { id } = await create();
  const service = new Embedding(fakeThreads());
  await service.add(id, files.slice(0, 3));
  await service.run(id, FAKE_SPEC, 'auto', () => undefined);
  const rows = await loadRowTable(id);
  const data = Float32Array.from({ length: 12 }, (_, i) => i);
  const matrix = { rows: 3, dim: 4, chunks: [data] };
  const other = { ...FAKE_SPEC, width: 2, height: 2, dim: 4 };
  const whole = await artifactBytes(embeddingsBundle(rows, matrix, other));
  const db = await database();
  const kept = async (): Promise<unknown> => db.getAll('imported');
  await service.importEmbeddings(id, new Blob([whole]));
  const expected = await kept();
  await db.clear('imported');
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(anyDamage, async (damage) => {
      try {
        expect(await service.importEmbeddings(id, new Blob([damaged(whole, damage)]))).toMatchObject({
          vectors: 3,
        });
        expect(await kept()).toEqual(expected);
        await db.clear('imported');
      } catch (error) {
        expect(error).toMatchObject({
          code: 'import-embeddings',
          message: expect.stringMatching(/^[A-Z].*\.$/s),
        });
        expect(await kept()).toEqual([]);
        refused++;
      }
    }),
    { numRuns: 2000, endOnFailure: true },
  );
  expect(refused).toBeGreaterThan(1000);
}, 300_000);

describe('readSpec', () => {
  const network: NetworkSpec = {
    kind: 'network',
    sha256: 'c'.repeat(64),
    title: 'A network',
    layer: 'pool',
    pool: 'avg',
    dim: 512,
    input: {
      name: 'x',
      width: 224,
      height: 224,
      layout: 'NCHW',
      channels: 'RGB',
      scale: 1 / 255,
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
    },
    resize: 'squash',
  };

  it('gives back what was written, without unknown fields', () => {
    const json = JSON.parse(JSON.stringify({ ...network, extra: 1, input: { ...network.input, more: 2 } }));
    expect(readSpec(json)).toEqual(network);
  });

  it.each([
    [{ ...network, dim: -1 }, /"dim"/],
    [{ ...network, sha256: 'C' }, /"sha256"/],
    [{ ...network, input: null }, /"input" is not an object/],
    [{ ...network, input: { ...network.input, mean: [1, 2] } }, /"mean" is not three numbers/],
    [null, /not an object/],
  ])('refuses a wrong field by name (%#)', (json, reason) => {
    expect(() => readSpec(json)).toThrow(reason);
  });
});
