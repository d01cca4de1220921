import { expect } from 'vitest';
import { countsOf } from '../src/store/counts';
import { originalSize } from '../src/store/intake';
import { database, keysUnder } from '../src/store/open';
import { arrayBytes, tableBytes } from '../src/store/size';
import { readTally } from '../src/store/tally';

/** Recounts a project from its records and compares with its books: nothing lost, nothing twice, nothing unaccounted. */
export async function audit(projectId: string): Promise<void> {
  const db = await database();
  const under = keysUnder(projectId);
  const files = (await db.getAll('files', under)).flatMap(({ seq0, files }) =>
    files.map((file, i) => ({ seq: seq0 + i, ...file })),
  );
  expect(files.map(({ seq }) => seq)).toEqual(files.map((_, i) => i));

  let described = -1;
  for (const { seq0, n, columns } of await db.getAll('records', under)) {
    expect(seq0, 'a file has the columns of one record').toBeGreaterThan(described);
    for (const column of columns)
      expect(column.type === 'text' ? column.codes : column.values).toHaveLength(n);
    described = seq0 + n - 1;
  }
  expect(described).toBeLessThan(files.length);

  const hashes = new Map<number, string>();
  for (const { seqs, hashes: found } of await db.getAll('intake', under))
    seqs.forEach((seq, i) => {
      expect(hashes.has(seq), `file ${seq} is taken in once`).toBe(false);
      hashes.set(seq, found[i]);
    });
  const skips = new Set((await db.getAll('skips', under)).map(({ seq }) => seq));

  const rows = (await db.getAll('rows', under)).flatMap((chunk) => {
    expect(chunk.hashes).toHaveLength(chunk.n);
    return chunk.hashes.map((hash, i) => ({ row: chunk.row0 + i, hash, seq: chunk.seqs[i] }));
  });
  expect(rows.map(({ row }) => row)).toEqual(rows.map((_, i) => i));
  const pictureless = rows.filter(({ hash }) => hash === '');
  const own = rows.filter(({ hash, seq }) => hash !== '' && files[seq].given === undefined);
  expect(
    new Set(own.map(({ hash }) => hash)).size,
    'no content has two rows, unless their paths were there first',
  ).toBe(own.length);
  for (const { hash, seq } of rows) expect(hashes.get(seq) ?? '').toBe(hash);
  const thumbs = (await db.getAll('thumbs', under)).flatMap(({ n, offsets }) => {
    expect(offsets).toHaveLength(n + 1);
    return Array.from({ length: n }, (_, i) => offsets[i + 1] - offsets[i]);
  });
  expect(thumbs).toHaveLength(rows.length);
  for (const { row } of pictureless) expect(thumbs[row], 'a row without a picture shows none').toBe(0);

  const facts = await db.getAll('facts', under);
  for (const { row0, n, columns } of facts) {
    expect(rows.length, 'facts are of rows').toBeGreaterThanOrEqual(row0 + n);
    for (const column of columns)
      expect(column.type === 'text' ? column.codes : column.values).toHaveLength(n);
  }

  const tally = await readTally(projectId);
  const vectors = await db.getAll('vectors', under);
  const keys = await db.getAllKeys('vectors', under);
  for (const specKey of new Set(keys.map(([, key]) => key))) {
    const own = vectors.filter((_, i) => keys[i][1] === specKey);
    let next = 0;
    let without = 0;
    for (const { row0, n, d, data, bad = [] } of own) {
      expect(row0).toBe(next);
      expect(data).toHaveLength(n * d);
      expect(bad.every((row) => row >= row0 && row < row0 + n)).toBe(true);
      next = row0 + n;
      without += bad.length;
    }
    expect(tally.covered[specKey]).toBe(next);
    expect(tally.without?.[specKey] ?? without).toBe(without);
    expect(next).toBeLessThanOrEqual(rows.length);
  }

  const withRow = new Set(rows.map(({ hash }) => hash).filter((hash) => hash !== ''));
  const firsts = new Set(rows.map(({ seq }) => seq));
  expect(firsts.size, 'no file has two rows').toBe(rows.length);
  const kept = new Set((await db.getAllKeys('blobs', under)).map(([, hash]) => hash));
  const fates = { rows: rows.length, fresh: 0, duplicates: 0, skipped: 0, missing: 0 };
  const seen = new Set(withRow);
  const bare = new Set([...withRow].filter((hash) => !kept.has(hash)));
  for (const { seq } of files) {
    const hash = hashes.get(seq);
    if (firsts.has(seq)) {
      expect(skips.has(seq), `file ${seq} has a row and no reason to be skipped`).toBe(false);
    } else if (skips.has(seq)) fates.skipped++;
    else if (hash === undefined) fates.missing++;
    else if (seen.has(hash)) fates.duplicates++;
    else {
      expect(kept.has(hash), `the bytes of file ${seq}, which waits, are kept`).toBe(true);
      fates.fresh++;
      seen.add(hash);
    }
  }
  expect(new Set([...kept, ...bare]), 'the bytes that are kept are of files').toEqual(seen);
  expect(tally.withoutBytes ?? 0, 'images whose bytes are not kept').toBe(bare.size);
  const { fresh, duplicates, skipped } = tally;
  expect({ rows: tally.rows, fresh, duplicates, skipped }).toEqual({
    rows: fates.rows,
    fresh: fates.fresh,
    duplicates: fates.duplicates,
    skipped: fates.skipped,
  });
  expect(tally.pictureless ?? 0).toBe(pictureless.length);
  expect(tally.announced).toBe(files.length);
  expect(tally.bytes).toBe(files.reduce((sum, { size }) => sum + size, 0));

  const bytes = [
    ...(await db.getAll('blobs', under)).map(originalSize),
    ...(await db.getAll('thumbs', under)).map(({ data }) => data.byteLength),
    ...vectors.map(({ data }) => data.byteLength),
    ...(await db.getAll('imported', under)).map(({ data }) => data.byteLength),
    ...(await db.getAll('hierarchies', under)).map(arrayBytes),
    ...(await db.getAll('projections', under)).map(arrayBytes),
    ...(await db.getAll('models', under)).map(arrayBytes),
    ...facts.map(arrayBytes),
    ...(await db.getAll('records', under)).map(arrayBytes),
    ...(await db.getAll('tables', under)).map(({ table }) => tableBytes(table)),
  ];
  expect(tally.storedBytes).toBe(bytes.reduce((sum, size) => sum + size, 0));

  for (const inHand of [0, 3, 1e6])
    for (const specKey of ['none', ...Object.keys(tally.covered)]) {
      const counts = countsOf(tally, specKey, inHand);
      const { waiting, embedded, missing } = counts;
      expect(waiting + embedded + counts.duplicates + counts.skipped + missing).toBe(counts.announced);
      expect(Math.min(waiting, embedded, counts.duplicates, counts.skipped, missing)).toBeGreaterThanOrEqual(
        0,
      );
    }
  expect(countsOf(tally, 'none').missing).toBe(fates.missing);
}
