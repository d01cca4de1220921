import type { Column } from '../../domain/table';
import { database } from '../../store/open';
import { pages } from '../../store/pages';
import { columnLines } from './columns';
import { notesJson } from './kept-model';
import { linesMember, sorted, type Member } from './member';

/** Names and notes of the clusters of each sweep and k. */
export async function* noteLines(projectId: string): AsyncGenerator<object> {
  for await (const { key, value } of pages('notes', projectId))
    yield { sweep: key[1], k: key[2], notes: notesJson(value) };
}

/** Columns that came with the files: for each chunk a line that says which files it is about, then its columns. */
export async function* recordLines(projectId: string): AsyncGenerator<object> {
  for await (const { value } of pages('records', projectId))
    yield* chunkLines(value.seq0, value.n, value.columns);
}

/** The same for columns that the pictures themselves hold, by row. */
export async function* factLines(projectId: string): AsyncGenerator<object> {
  for await (const { value } of pages('facts', projectId))
    yield* chunkLines(value.row0, value.n, value.columns);
}

function* chunkLines(first: number, count: number, columns: readonly Column[]): Generator<object> {
  yield { first, count, columns: columns.length };
  yield* columnLines(columns);
}

/** The tables but for those that were taken away. */
export async function* tableOfContents(projectId: string): AsyncGenerator<[string, string]> {
  for await (const { key, value } of pages('tables', projectId)) if (!value.removed) yield key;
}

/** A table: what it is and how it is joined, then its columns. */
export function tableMember(at: number, key: [string, string]): Member {
  return linesMember(`tables/${at}.jsonl`, tableLines(key));
}

async function* tableLines(key: [string, string]): AsyncGenerator<object> {
  const kept = await (await database()).get('tables', key);
  if (!kept) throw new RangeError('A table was removed while it was written.');
  const { columns, ...table } = kept.table;
  const { id, name, addedAt } = kept;
  yield { id, name, addedAt, key: sorted(kept.key), ...sorted(table), columns: columns.length };
  yield* columnLines(columns);
}
