import { describe, expect, it } from 'vitest';
import { pathColumns } from '../../../domain/files';
import { categoriesOf, columnsOf, valueOf } from './colour-by';

describe('colour by folder', () => {
  it.each(['a.jpg', 'x/a.jpg', 'x/y/z/a.jpg', '/a.jpg'])(
    'reads the columns of %s as pathColumns does',
    (path) => {
      for (const [name, value] of Object.entries(pathColumns(path))) expect(valueOf(path, name)).toBe(value);
      expect(valueOf(path, 'folder_9')).toBe('');
    },
  );

  it('offers the columns by which images differ', () => {
    expect(columnsOf(['set/cat/1.jpg', 'set/dog/2.jpg'])).toEqual(['folder', 'folder_2']);
    expect(columnsOf(['cat/1.jpg', 'dog/2.jpg'])).toEqual(['folder']);
    expect(columnsOf(['cat/1.jpg', 'cat/2.jpg'])).toEqual([]);
    expect(columnsOf(['a.jpg'])).toEqual([]);
    expect(columnsOf([])).toEqual([]);
  });

  it('numbers the values by frequency and gathers the rest as others', () => {
    const paths = [
      'b/1',
      'a/2',
      'b/3',
      ...Array.from({ length: 40 }, (_, i) => `z${String(i).padStart(2, '0')}/x`),
    ];
    const { codes, values, count, others } = categoriesOf(paths, 'folder');
    expect(values[0]).toEqual({ value: 'b', size: 2 });
    expect([...codes.slice(0, 3)]).toEqual([0, 1, 0]);
    expect(count).toBe(30);
    expect(others).toBe(12);
    expect(codes.at(-1)).toBe(30);
  });
});
