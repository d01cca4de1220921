import type { DocumentKey } from '../domain/remote';
import { textAt, type Column } from '../domain/table';
import { readIntake } from '../store/intake';
import { readRecordChunks } from '../store/records';
import { deleteRemote, readRemotes } from '../store/remotes';
import { readRowChunks } from '../store/rows';

export { deleteRemote, readRemotes };

/** Which document a file came from, by sequence number; files that are of no document are left out. */
export async function documentsOf(projectId: string): Promise<Map<number, DocumentKey>> {
  const found = new Map<number, DocumentKey>();
  for (const { seq0, n, columns } of await readRecordChunks(projectId)) {
    const [index, id, routing] = ['_index', '_id', '_routing'].map((name) =>
      columns.find((column) => column.name === name),
    );
    if (!index || !id) continue;
    const say = (column: Column | undefined, i: number): string => (column ? textAt(column, i) : '');
    for (let i = 0; i < n; i++)
      if (say(index, i) && say(id, i))
        found.set(seq0 + i, { index: say(index, i), id: say(id, i), routing: say(routing, i) });
  }
  return found;
}

/** The documents of each row: several where they hold the same picture. */
export async function documentsByRow(projectId: string): Promise<{ row: number; key: DocumentKey }[]> {
  const [documents, intake, chunks] = await Promise.all([
    documentsOf(projectId),
    readIntake(projectId),
    readRowChunks(projectId),
  ]);
  const rows = new Map(
    chunks.flatMap(({ row0, hashes }) => hashes.map((hash, i) => [hash, row0 + i] as const)),
  );
  return intake
    .flatMap(({ seq, hash }) => {
      const [row, key] = [rows.get(hash), documents.get(seq)];
      return row === undefined || !key ? [] : [{ row, key }];
    })
    .sort((a, b) => a.row - b.row);
}
