import { beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../test/audit';
import { failWrites } from '../../test/failing-writes';
import { FAKE_SPEC, fakeImage, fakeThreads } from '../../test/fake-threads';
import { freshDatabase } from '../../test/fresh-database';
import type { DroppedFile } from '../domain/files';
import type { EmbedEvent } from '../domain/progress';
import type { JsonShape, RecordsOptions } from '../domain/records';
import { textAt } from '../domain/table';
import { closeDatabase } from '../store/open';
import { createProject, listProjects } from '../store/projects';
import { readRecordChunks } from '../store/records';
import { loadRowTable, loadSkipped } from '../store/rows';
import type { Candidate } from './announce';
import { recordCandidates } from './records';
import { Embedding } from './service';

beforeEach(freshDatabase);

const LINES: JsonShape = { kind: 'lines', path: [] };
const picture = (content: string): string => Buffer.from(fakeImage(content)).toString('base64');
const line = (i: number): string =>
  JSON.stringify({
    id: `r${i}`,
    device: `d${i % 3}`,
    timestamp: 1543635503263 + i,
    frame_content: picture(`image ${i}`),
  });
const lines = (n: number): string[] => Array.from({ length: n }, (_, i) => line(i));

function dump(text: string, name = 'rays.ndjson', more: Partial<RecordsOptions> = {}): DroppedFile {
  const records = { shape: LINES, imageField: 'frame_content', ...more };
  return { path: name, file: new File([text], name, { lastModified: 5 }), records };
}

function project(): Promise<{ id: string }> {
  return createProject({ name: 'p', spec: FAKE_SPEC, backend: 'auto', seed: 1, k: null, kMin: 5, kMax: 30 });
}

async function embed(id: string, ...files: DroppedFile[]): Promise<EmbedEvent[]> {
  const events: EmbedEvent[] = [];
  const service = new Embedding(fakeThreads());
  for (const file of files) await service.add(id, [file]);
  await service.run(id, FAKE_SPEC, 'auto', (event) => events.push(event));
  return events;
}

const counts = async () => (await listProjects())[0].counts;

/** What the store says of each file: its columns by name, joined to its path. */
async function said(id: string): Promise<Record<string, string>[]> {
  const chunks = await readRecordChunks(id);
  return chunks.flatMap(({ n, columns }) =>
    Array.from({ length: n }, (_, i) =>
      Object.fromEntries(columns.map((column) => [column.name, textAt(column, i)])),
    ),
  );
}

describe('records as files', () => {
  it.each([0, 1, 2, 63, 64, 65, 2000, 2001, 4100])('announces %i records with their columns', async (n) => {
    const { id } = await project();
    await new Embedding(fakeThreads()).add(id, [dump(lines(n).join('\n'))]);
    await audit(id);
    expect((await counts()).announced).toBe(Math.max(n, 1));
    const all = await said(id);
    expect(all).toHaveLength(n);
    all.forEach((record, i) =>
      expect(record).toEqual({
        id: `r${i}`,
        device: `d${i % 3}`,
        timestamp: new Date(1543635503263 + i).toISOString(),
      }),
    );
    // A file with no record is itself the one that is skipped.
    if (n === 0) expect(await loadSkipped(id)).toMatchObject([{ path: 'rays.ndjson', code: 'record' }]);
  });

  it('embeds the pictures, and names what is wrong with its line', async () => {
    const { id } = await project();
    const wrong = [
      '{"id": "cut", "frame_content": ',
      '{"id": "none", "device": "d9"}',
      '{"id": "spoilt", "frame_content": "%%%%"}',
      `{"id": "text", "frame_content": "${Buffer.from('no picture at all, really').toString('base64')}"}`,
      '17',
    ];
    const [a, b, c] = lines(3);
    await embed(id, dump([a, wrong[0], b, wrong[1], wrong[2], wrong[3], c, wrong[4]].join('\n')));
    await audit(id);
    const table = await loadRowTable(id);
    expect(table.paths).toEqual(['rays/r0.png', 'rays/r1.png', 'rays/r2.png']);
    const skipped = await loadSkipped(id);
    expect(skipped.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'rays/2 record',
      'rays/none record',
      'rays/spoilt record',
      'rays/text record',
      'rays/8 record',
    ]);
    expect(skipped.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^line 2: /),
      'line 4: no text in the field frame_content',
      'line 5: byte 0 of the text is not base64',
      'line 6: the text of the field is no picture',
      'line 8: it is not an object with fields',
    ]);
    expect((await said(id))[3]).toMatchObject({ id: 'none', device: 'd9', timestamp: '' });
  });

  it('keeps what came before the place where an array breaks off, and says where', async () => {
    const { id } = await project();
    const file = dump(`[${lines(3).join(',\n')},\n{"id": `, 'a/rays.json', {
      shape: { kind: 'array', path: [] },
    });
    await embed(id, file);
    await audit(id);
    expect((await loadRowTable(id)).paths).toEqual(['a/rays/r0.png', 'a/rays/r1.png', 'a/rays/r2.png']);
    expect(await loadSkipped(id)).toMatchObject([
      { path: 'a/rays.json', code: 'record', detail: expect.stringContaining('line 4') },
    ]);
  });

  it('takes only so many when asked', async () => {
    const { id } = await project();
    await embed(id, dump(lines(9).join('\n'), 'rays.ndjson', { limit: 4 }));
    expect(await counts()).toMatchObject({ announced: 4, embedded: 4, skipped: 0 });
  });

  it('does not double records: dropped twice at once, again, and grown', async () => {
    const { id } = await project();
    const service = new Embedding(fakeThreads());
    const file = dump([...lines(5), '{"id": "none"}', 'not JSON'].join('\n'));
    await Promise.all([service.add(id, [file]), service.add(id, [file])]);
    await embed(id, file, file);
    await audit(id);
    expect(await counts()).toMatchObject({ announced: 7, embedded: 5, skipped: 2, duplicates: 0 });
    await embed(id, dump([...lines(5), '{"id": "none"}', 'not JSON', line(5)].join('\n')));
    await audit(id);
    expect(await counts()).toMatchObject({ announced: 8, embedded: 6, skipped: 2 });
    expect(await said(id)).toHaveLength(8);
  });

  it('gives equal ids and equal pictures files of their own', async () => {
    const { id } = await project();
    const twin = JSON.stringify({ id: 'r0', device: 'other', frame_content: picture('image 0') });
    const file = dump([line(0), twin, line(1)].join('\n'));
    await embed(id, file);
    await embed(id, file);
    await audit(id);
    const table = await loadRowTable(id);
    expect(table.paths).toEqual(['rays/r0.png', 'rays/r1.png']);
    expect(table.duplicates).toEqual(new Map([[0, ['rays/r0 (2).png']]]));
    expect((await said(id)).map(({ device }) => device)).toEqual(['d0', 'other', 'd1']);
  });

  it('completes what a page killed at any write left', async () => {
    const file = dump([...lines(7), '{"id": "none"}'].join('\n'));
    for (let nth = 1, reached = true; reached; nth++) {
      await freshDatabase();
      const { id } = await project();
      const failing = failWrites(nth, () => new Error('the page is gone'), { dead: true });
      await embed(id, file).catch(() => undefined);
      reached = failing.writes() >= nth;
      failing.restore();
      await closeDatabase();
      await audit(id);
      await embed(id, file);
      await audit(id);
      expect(await counts()).toMatchObject({ announced: 8, embedded: 7, skipped: 1, missing: 0 });
      expect(await said(id)).toHaveLength(8);
    }
  });

  it('announces in pieces: those before a failure stay, and the rest is completed', async () => {
    const { id } = await project();
    const n = 5000;
    const file = dump(lines(n).join('\n'));
    // Each piece writes its books, two or three chunks of names, and its columns: the second fails.
    const failing = failWrites(7, () => new DOMException('no space', 'QuotaExceededError'), { dead: true });
    const service = new Embedding(fakeThreads());
    await expect(service.add(id, [file])).rejects.toMatchObject({ code: 'quota' });
    failing.restore();
    await audit(id);
    const { announced } = await counts();
    expect(announced).toBeGreaterThan(0);
    expect(announced).toBeLessThan(n);
    await new Embedding(fakeThreads()).add(id, [file]);
    await audit(id);
    expect((await counts()).announced).toBe(n);
    expect((await said(id)).map((record) => record.id)).toEqual(Array.from({ length: n }, (_, i) => `r${i}`));
  });

  it('is embedded while it is still being listed, and another project beside it', async () => {
    const { id } = await project();
    const other = await project();
    const service = new Embedding(fakeThreads(64));
    const n = 3000;
    const set = dump(lines(n).join(`${' '.repeat(400)}\n`));
    const { file } = set;
    let embedded = (): void => undefined;
    const some = new Promise<void>((resolve) => (embedded = resolve));
    // The second piece of the file does not come before there are images of the first.
    const slice = (start: number, end: number): Blob => {
      const part = File.prototype.slice.call(file, start, end);
      const arrayBuffer = (): Promise<ArrayBuffer> => some.then(() => Blob.prototype.arrayBuffer.call(part));
      return start === 1 << 20 ? Object.assign(part, { arrayBuffer }) : part;
    };
    expect(file.size).toBeGreaterThan(1 << 20);
    const adding = service.add(id, [{ ...set, file: Object.assign(file, { slice }) }]);
    const run = service.run(id, FAKE_SPEC, 'auto', ({ type }) => type === 'rows' && embedded());
    await service.add(other.id, [dump(lines(2).join('\n'))]);
    await Promise.all([adding, run]);
    await audit(id);
    await audit(other.id);
    const all = (await listProjects()).map(({ counts }) => counts);
    expect(all.map(({ announced, embedded }) => [announced, embedded]).sort()).toEqual([
      [2, 0],
      [n, n],
    ]);
  }, 60_000);

  it('holds of a record what leads to its picture, not its text', async () => {
    const text = lines(3).join('\n');
    const pieces = recordCandidates(dump(text));
    const [candidate] = (await pieces.next()).value as Candidate[];
    delete candidate.columns;
    expect(JSON.stringify(candidate).length).toBeLessThan(200);
    expect(new Uint8Array(await (await candidate.open()).arrayBuffer())).toEqual(fakeImage('image 0'));
  });
});
