import { beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../test/audit';
import { freshDatabase } from '../../test/fresh-database';
import type { ImageFacts } from '../domain/facts';
import { RAW_PIXELS } from '../domain/spec';
import { factsAt, loadFacts, packFacts, readFactChunk } from './facts';
import { announceFiles } from './files';
import { commitIntake } from './intake';
import { createProject, purgeProject } from './projects';
import { commitRows } from './rows';

beforeEach(freshDatabase);

const WHOLE: Required<ImageFacts> = {
  taken: 1_686_973_329_250,
  make: 'Canon',
  model: 'EOS 90D',
  lens: '18-135',
  latitude: -50.06,
  longitude: 0,
  altitude: -3,
  exposure: 0.004,
  fNumber: 5.6,
  iso: 400,
  focalLength: 85,
  software: '1.1',
};

/** A project whose rows were committed in the given batches. */
async function withFacts(...batches: (ImageFacts | null | undefined)[][]): Promise<string> {
  const n = batches.flat().length;
  const { id } = await createProject({
    name: 'facts',
    spec: RAW_PIXELS,
    backend: 'auto',
    seed: 1,
    k: null,
    kMin: 5,
    kMax: 30,
  });
  const all = Array.from({ length: n }, (_, i) => i);
  await announceFiles(
    id,
    all.map((i) => ({ path: `${i}`, size: 1, modified: i })),
  );
  await commitIntake(id, {
    taken: all.map((i) => ({ seq: i, hash: `h${i}`, bytes: new Uint8Array([i]) })),
    skipped: [],
    recovered: [],
  });
  let row0 = 0;
  for (const batch of batches) {
    const rows = batch.map((facts, i) => ({
      seq: row0 + i,
      hash: `h${row0 + i}`,
      width: 1,
      height: 1,
      thumbnail: new Uint8Array([0xff]),
      vector: new Float32Array(2),
      facts,
    }));
    await commitRows(id, 'spec', row0, rows, []);
    row0 += batch.length;
  }
  await audit(id);
  return id;
}

describe('facts', () => {
  it('come back in columns of all rows, whichever batch they came in', async () => {
    const id = await withFacts(
      [{ make: 'Canon', iso: 100 }, null],
      [undefined, null],
      [{ make: 'Nikon', taken: 5 }, { make: 'Canon' }, {}],
    );
    expect(await loadFacts(id, 7)).toEqual([
      { name: 'date taken', type: 'date', values: new Float64Array([NaN, NaN, NaN, NaN, 5, NaN, NaN]) },
      {
        name: 'camera make',
        type: 'text',
        codes: new Uint32Array([1, 0, 0, 0, 2, 1, 0]),
        words: ['', 'Canon', 'Nikon'],
      },
      { name: 'ISO', type: 'number', values: new Float64Array([100, NaN, NaN, NaN, NaN, NaN, NaN]) },
    ]);
  });

  it('come back for the first rows alone, while more are being added', async () => {
    const id = await withFacts([{ make: 'Canon' }, { make: 'Nikon' }], [{ lens: 'x' }]);
    expect(await loadFacts(id, 1)).toEqual([
      { name: 'camera make', type: 'text', codes: new Uint32Array([1]), words: ['', 'Canon', 'Nikon'] },
    ]);
  });

  it('take no room where there are none, and go with their project', async () => {
    const id = await withFacts([null, {}]);
    expect(await loadFacts(id, 2)).toEqual([]);
    expect(await readFactChunk(id, 0)).toBeNull();
    const other = await withFacts([WHOLE]);
    await purgeProject(other);
    expect(await loadFacts(other, 1)).toEqual([]);
  });

  it('are found by row', async () => {
    const id = await withFacts([{ iso: 1 }, { iso: 2 }], [null], [WHOLE]);
    expect((await readFactChunk(id, 1))?.row0).toBe(0);
    expect(await readFactChunk(id, 2)).toBeNull();
    expect(factsAt((await readFactChunk(id, 3))!, 0)).toEqual(WHOLE);
    expect(await readFactChunk(id, 4)).toBeNull();
  });

  it('survive being packed, zero and all', () => {
    expect(factsAt(packFacts(0, [WHOLE])!, 0)).toEqual(WHOLE);
    expect(factsAt(packFacts(0, [null, WHOLE])!, 0)).toBeNull();
    expect(packFacts(0, [null, {}, undefined])).toBeNull();
  });
});
