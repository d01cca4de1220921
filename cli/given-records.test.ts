import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { UsageError } from './args';
import { readInput } from './given';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=';

function fileOf(text: string): string {
  const root = mkdtempSync(join(tmpdir(), 'tessera-records-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const path = join(root, 'rays.ndjson');
  writeFileSync(path, text);
  return path;
}

const lines = [{ id: 1, a: { picture: PNG }, b: 'x' }, { id: 2 }, { a: { picture: PNG } }];
const text = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n{"id": 4, `;
const read = (path: string, field: string | null = null, limit: number | null = null) =>
  readInput({ kind: 'records', path }, limit, field);

it('lists every record, with or without a picture, by the field that has them', async () => {
  const path = fileOf(text);
  const records = { shape: { kind: 'lines', path: [] }, imageField: 'a.picture' };
  expect(await read(path)).toEqual({
    files: [{ path: 'rays.ndjson', disk: path, records }],
    paths: ['rays/1.png', 'rays/2', 'rays/3.png', 'rays/4'],
  });
  expect(await read(path, 'a.picture', 2)).toEqual({
    files: [{ path: 'rays.ndjson', disk: path, records: { ...records, limit: 2 } }],
    paths: ['rays/1.png', 'rays/2'],
  });
});

it('says which fields there are when the one named has no image', async () => {
  const path = fileOf(text);
  await expect(read(path, 'b')).rejects.toThrow(UsageError);
  await expect(read(path, 'b')).rejects.toThrow(
    'none of the first 4 records of rays.ndjson has an image in "b" (line 1: ',
  );
  await expect(read(path, 'b')).rejects.toThrow('Fields with images: a.picture; all: id, a.picture, b.');
  await expect(read(fileOf('{"id": 1}\n{"id": 2}\n'))).rejects.toThrow('name it with --field');
});

it('says what is not there, or not JSON', async () => {
  await expect(read('/nowhere.json')).rejects.toThrow(UsageError);
  await expect(read(fileOf('a,b\n1,2\n'))).rejects.toThrow('rays.ndjson could not be read');
});
