import { makeOldDatabase } from './old-database';
import { recordsOf2, STORES_2 } from './version-2';

/** A database of version 3: the project of version 2, and something in each store that version 3 added. */
const ADDED = ['records', 'facts', 'tables', 'descriptors', 'remotes', 'queue'];
export const STORES_3 = [...STORES_2, ...ADDED];

/** Makes the database `tessera` as version 3 left it; the place must be empty. `id` is the project of version 2. */
export function makeVersion3(id: string): Promise<void> {
  const column = { name: 'when', type: 'number', values: Float64Array.of(1, 2, 3) };
  const key = { column: 'when', by: 'name', extension: false, ignoreCase: false };
  return makeOldDatabase(3, STORES_3, [
    // The columns below take 24 bytes each.
    ...recordsOf2(48),
    ['facts', [id, 0], { row0: 0, n: 3, columns: [column] }],
    [
      'tables',
      [id, 't'],
      {
        id: 't',
        name: 'a.csv',
        addedAt: 1,
        key,
        table: { n: 3, columns: [column], problems: [], problemCount: 0 },
      },
    ],
    ['queue', [id], { projectId: id, position: 0, paused: true }],
  ]);
}
