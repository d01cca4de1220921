import type { ColumnSketch, JoinChoice, TableSketch } from '../../domain/metadata';
import type { JoinKey } from '../../domain/table';

/** The loosest way: what is joined by any way is joined by this one, unless it then fits several images. */
const LOOSE: Omit<JoinKey, 'column'> = { by: 'name', extension: false, ignoreCase: true };

/** The key to begin with: the best that was found, else the column that looks most like names of images. */
export function firstKey({ columns }: TableSketch, choices: readonly JoinChoice[]): JoinKey | null {
  if (choices.length > 0) return keyOf(choices[0]);
  const looks: ((column: ColumnSketch) => boolean)[] = [
    ({ samples }) => samples.some((text) => /\.[a-z]{3,4}$/i.test(text)),
    ({ name }) => /file|path|image|name|^id$/i.test(name),
    ({ type }) => type === 'text',
    () => true,
  ];
  for (const looksRight of looks) {
    const found = columns.find(looksRight);
    if (found) return { column: found.name, ...LOOSE };
  }
  return null;
}

/** The best way that was found for a column, else the loosest. */
export function keyFor(column: string, choices: readonly JoinChoice[]): JoinKey {
  const found = choices.find((choice) => choice.column === column);
  return found ? keyOf(found) : { column, ...LOOSE };
}

export function keyOf({ column, by, extension, ignoreCase }: JoinKey): JoinKey {
  return { column, by, extension, ignoreCase };
}
