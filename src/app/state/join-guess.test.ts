import { expect, it } from 'vitest';
import type { ColumnSketch } from '../../domain/metadata';
import { firstKey, keyFor } from './join-guess';

const column = (name: string, type: ColumnSketch['type'], ...samples: string[]): ColumnSketch => ({
  name,
  type,
  filled: samples.length,
  samples,
});
const table = (...columns: ColumnSketch[]) => ({ rows: 1, columns, problems: [], problemCount: 0 });
const found = { column: 'b', by: 'path', extension: true, ignoreCase: false, matched: 3 } as const;
const loose = { by: 'name', extension: false, ignoreCase: true };

it('begins with the best key that was found', () => {
  const { matched: _, ...key } = found;
  expect(firstKey(table(column('a', 'text', 'x.jpg')), [found])).toEqual(key);
});

it('begins with what looks like names of images when nothing was found', () => {
  const first = (...columns: ColumnSketch[]) => firstKey(table(...columns), []);
  const kind = column('kind', 'text', 'cat');
  expect(first(kind, column('what', 'text', 'x.JPEG'))).toEqual({ column: 'what', ...loose });
  expect(first(kind, column('image id', 'number', '7'))).toEqual({ column: 'image id', ...loose });
  expect(first(column('n', 'number', '1'), kind)).toEqual({ column: 'kind', ...loose });
  expect(first(column('n', 'number', '1'))).toEqual({ column: 'n', ...loose });
  expect(first()).toBeNull();
});

it('takes the way found for a column, or the loosest', () => {
  expect(keyFor('b', [found])).toMatchObject({ by: 'path' });
  expect(keyFor('a', [found])).toEqual({ column: 'a', ...loose });
});
