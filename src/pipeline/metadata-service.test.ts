import { beforeEach, expect, it } from 'vitest';
import { audit } from '../../test/audit';
import { freshDatabase } from '../../test/fresh-database';
import { RAW_PIXELS } from '../domain/spec';
import { textAt, type JoinKey } from '../domain/table';
import { announceFiles } from '../store/files';
import { commitIntake } from '../store/intake';
import { createProject } from '../store/projects';
import { commitRows } from '../store/rows';
import { Metadata } from './metadata-service';

const FILES = ['set/a.png', 'set/b.png', 'copies/c.png', 'set/list.csv', 'set/not yet.png'];
/** `copies/c.png` has the bytes of `set/b.png`; the last one is not read yet. */
const HASHES = ['A', 'B', 'B', 'T'];
const quiet = (): void => undefined;

let id = '';
beforeEach(async () => {
  await freshDatabase();
  const fields = { spec: RAW_PIXELS, backend: 'auto', seed: 1, k: null, kMin: 5, kMax: 30 } as const;
  ({ id } = await createProject({ ...fields, name: 'images' }));
  await announceFiles(
    id,
    FILES.map((path) => ({ path, size: 3, modified: 0 })),
    [{ name: 'shot', type: 'number', values: Float64Array.of(1, 2, 3, NaN, 5) }],
  );
});

/** The first `rows` of the two different images are embedded. */
async function embed(rows: number): Promise<void> {
  const bytes = new TextEncoder().encode('abc');
  await commitIntake(id, {
    taken: HASHES.map((hash, seq) => ({
      ...{ seq, hash, bytes: seq === 0 || seq === 1 ? bytes : undefined },
      skip: seq === 3 ? { seq, code: 'not-image' as const } : undefined,
    })),
    skipped: [],
    recovered: [],
  });
  const one = { width: 1, height: 1, thumbnail: new Uint8Array(1), vector: new Float32Array(2) };
  const all = [0, 1].map((seq) => ({ ...one, seq, hash: HASHES[seq] }));
  await commitRows(id, 'spec', 0, all.slice(0, rows), []);
}

const table = (text: string): File => new File([text], 'about.csv');
async function shown(service: Metadata, purge = false): Promise<Record<string, string[]>> {
  const { columns } = await service.columns(id, purge);
  return Object.fromEntries(
    columns.map(({ column }) => [column.name, [0, 1].map((row) => textAt(column, row) ?? '')]),
  );
}

it('proposes a key for images that are announced only, and knows what is none', async () => {
  const service = new Metadata();
  await service.read(table('file,kind\na,x\nb,y\nnot yet,z'), quiet);
  const before = await service.choices(id, 'set/list.csv', quiet);
  expect(before.images).toBe(4);
  expect(before.choices[0]).toMatchObject({ column: 'file', matched: 3 });
  await embed(2);
  const after = await service.choices(id, null, quiet);
  expect(after).toMatchObject({ images: 3, choices: [{ column: 'file', matched: 3 }] });
});

it('keeps a table whose columns follow the images, by any key, until it is removed for good', async () => {
  const service = new Metadata();
  const sketch = await service.read(table('file,kind\na,x\nc,y\nnot yet,z\nnowhere,w'), quiet);
  expect(sketch).toMatchObject({
    rows: 4,
    columns: [{ name: 'file' }, { name: 'kind', samples: ['x', 'y', 'z'] }],
  });
  await service.choices(id, null, quiet);
  const key: JoinKey = { column: 'file', by: 'name', extension: false, ignoreCase: false };
  const report = await service.join(key);
  expect([report.matched, report.lists.rows.count]).toEqual([3, 1]);
  expect(new TextDecoder().decode(await service.list('rows'))).toBe('key,row\r\nnowhere,4\r\n');
  const kept = await service.keep(id, 'about.csv', key);
  await embed(2);
  await audit(id);

  // The second image finds its row by the name of an equal file.
  const own = { shot: ['1', '2'] };
  expect(await shown(service)).toEqual({ ...own, file: ['a', 'c'], kind: ['x', 'y'] });
  const { tables } = await service.columns(id, false);
  expect(tables).toMatchObject([
    { id: kept, name: 'about.csv', key, rows: 4, report: { images: 2, matched: 2 } },
  ]);

  await service.changeKey(id, kept, { ...key, column: 'kind' });
  expect(await shown(service)).toEqual({ ...own, file: ['', ''], kind: ['', ''] });
  await service.changeKey(id, kept, key);
  await service.remove(id, kept);
  expect(await shown(service)).toEqual(own);
  await service.restore(id, kept);
  expect(Object.keys(await shown(service))).toEqual(['shot', 'file', 'kind']);
  await service.remove(id, kept);
  expect(await shown(service, true)).toEqual(own);
  await expect(service.restore(id, kept)).rejects.toMatchObject({ code: 'store' });
  await audit(id);
});

it('has columns of no images as well', async () => {
  const service = new Metadata();
  await service.open(id, 'none').then(
    () => expect.unreachable(),
    (error) => expect(error).toMatchObject({ code: 'store' }),
  );
  await service.read(table('file,kind\na,x'), quiet);
  await service.keep(id, 'about.csv', { column: 'file', by: 'name', extension: false, ignoreCase: true });
  const { columns, tables } = await service.columns(id, true);
  expect(columns.map(({ column, filled }) => [column.name, filled])).toEqual([
    ['shot', 0],
    ['file', 0],
    ['kind', 0],
  ]);
  expect(tables).toMatchObject([{ report: { images: 0, matched: 0 } }]);
});
