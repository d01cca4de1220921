import { kindOf, type ProjectionKind } from '../../domain/projection';
import type { JoinKey, Problem } from '../../domain/table';
import type { WriteTransaction } from '../../store/open';
import type { HierarchyKind, KeptTable, StoreName } from '../../store/schema';
import { arrayBytes, tableBytes } from '../../store/size';
import { specKey } from '../../domain/spec';
import { Fields } from '../fields';
import { readSpec } from '../read-spec';
import type { Arrival } from './arrival';
import { readColumns } from './columns';
import { readEdits } from './edits';
import { MEMBERS } from './format';
import { readHierarchy } from './hierarchy';
import { readKeptModel, readNotes } from './kept-model';
import { readProjection } from './projection';
import type { ProjectFileReader } from './reader';
import { readSweep } from './sweep';

const LONGEST = 10_000;
const LONGEST_NAME = 100_000;

/** Sweeps, trees, maps, saved models, names of clusters, and the list of descriptors. */
export async function readStudies(file: ProjectFileReader, to: Arrival, rows: number): Promise<void> {
  const { projectId } = to;
  const { sweeps, hierarchies, models, projections, edits } = file.summary.counts;
  for (let at = 0; at < sweeps; at++) {
    const sweep = await readSweep(file, at, rows);
    await to.put((tx) => tx.objectStore('sweeps').add(sweep, [projectId, sweep.specKey]), arrayBytes(sweep));
  }
  for (let at = 0; at < hierarchies; at++) {
    const tree = await readHierarchy(file, at, rows);
    const bytes = arrayBytes(tree);
    const kind: HierarchyKind = tree.by === 'kmeans' ? 'kmeans' : 'parts';
    const key: [string, string, HierarchyKind] = [projectId, tree.specKey, kind];
    await to.put((tx) => tx.objectStore('hierarchies').add(tree, key), bytes, bytes);
  }
  for (let at = 0; at < projections; at++) {
    const map = await readProjection(file, at, rows);
    const bytes = arrayBytes(map);
    const key: [string, string, ProjectionKind] = [projectId, map.specKey, kindOf(map)];
    await to.put((tx) => tx.objectStore('projections').add(map, key), bytes, bytes);
  }
  for (let at = 0; at < edits; at++) {
    const log = await readEdits(file, at, rows);
    const key: [string, string, number] = [projectId, log.sweep, log.k];
    await to.put((tx) => tx.objectStore('edits').add(log, key), arrayBytes(log));
  }
  for (let at = 0; at < models; at++) {
    const kept = await readKeptModel(file, at);
    const bytes = arrayBytes(kept);
    await to.put((tx) => tx.objectStore('models').add(kept, [projectId, kept.id]), bytes, bytes);
  }
  for await (const line of file.member(MEMBERS.notes).lines()) {
    const from = new Fields(line, MEMBERS.notes);
    const notes = readNotes(from);
    const key: [string, string, number] = [
      projectId,
      from.longText('sweep', LONGEST),
      from.integer('k', 0, 65_536),
    ];
    await to.put((tx) => tx.objectStore('notes').add(notes, key), 1000);
  }
  for await (const line of file.member(MEMBERS.descriptors).lines()) {
    const from = new Fields(line, MEMBERS.descriptors);
    const spec = readSpec(from.value('spec'), `${MEMBERS.descriptors}: "spec"`);
    const kept = { spec, addedAt: from.number('addedAt') };
    await to.put((tx) => tx.objectStore('descriptors').add(kept, [projectId, specKey(spec)]), 1000);
  }
}

/** What is known of files and images beside their pixels. */
export async function readMetadata(
  file: ProjectFileReader,
  to: Arrival,
  { files, rows }: { files: number; rows: number },
): Promise<void> {
  const { projectId } = to;
  await readChunks(file, to, MEMBERS.records, files, (tx, seq0, n, columns) =>
    tx.objectStore('records').add({ seq0, n, columns }, [projectId, seq0]),
  );
  await readChunks(file, to, MEMBERS.facts, rows, (tx, row0, n, columns) =>
    tx.objectStore('facts').add({ row0, n, columns }, [projectId, row0]),
  );
  for (let at = 0; at < file.summary.counts.tables; at++) {
    const kept = await readTable(file, `tables/${at}.jsonl`);
    const bytes = tableBytes(kept.table);
    await to.put((tx) => tx.objectStore('tables').add(kept, [projectId, kept.id]), bytes, bytes);
  }
}

type Columns = Awaited<ReturnType<typeof readColumns>>;

/** Chunks that follow each other without overlapping, within `most` rows. */
async function readChunks(
  file: ProjectFileReader,
  to: Arrival,
  name: string,
  most: number,
  add: (tx: WriteTransaction<StoreName>, first: number, n: number, columns: Columns) => Promise<unknown>,
): Promise<void> {
  const lines = file.member(name).lines();
  let next = 0;
  for (let step = await lines.next(); !step.done; step = await lines.next()) {
    const from = new Fields(step.value, name);
    const first = from.integer('first', next, most);
    const n = from.integer('count', 0, most - first);
    const columns = await readColumns(lines, name, from.integer('columns', 0, 100_000), n);
    const bytes = arrayBytes(columns);
    await to.put((tx) => add(tx, first, n, columns), bytes, bytes);
    next = first + Math.max(n, 1);
  }
}

async function readTable(file: ProjectFileReader, name: string): Promise<KeptTable> {
  const lines = file.member(name).lines();
  const from = new Fields((await lines.next()).value, name);
  const n = from.integer('n', 0, 2 ** 31);
  const columns = await readColumns(lines, name, from.integer('columns', 0, 100_000), n);
  if (!(await lines.next()).done) throw new Error(`${name} has more lines than its columns need`);
  const problems = from.list('problems').map((item): Problem => ({
    line: item.integer('line', 0, Number.MAX_SAFE_INTEGER),
    reason: item.longText('reason', LONGEST_NAME),
  }));
  return {
    id: from.text('id'),
    name: from.longText('name', LONGEST_NAME),
    addedAt: from.number('addedAt'),
    key: readKey(from.fields('key')),
    table: { n, columns, problems, problemCount: from.integer('problemCount', 0, Number.MAX_SAFE_INTEGER) },
  };
}

function readKey(from: Fields): JoinKey {
  return {
    column: from.longText('column', LONGEST_NAME),
    by: from.oneOf('by', ['path', 'suffix', 'name']),
    extension: from.flag('extension'),
    ignoreCase: from.flag('ignoreCase'),
  };
}
