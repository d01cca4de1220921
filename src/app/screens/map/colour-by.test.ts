import { describe, expect, it } from 'vitest';
import { categoriesOf, columnsOf } from './colour-by';

describe('colour by folder', () => {
  it('offers the columns by which images differ', () => {
    expect(columnsOf(['set/cat/1.jpg', 'set/dog/2.jpg'])).toEqual(['folder']);
    expect(columnsOf(['x/cat/1.jpg', 'y/cat/2.jpg', 'y/dog/3.jpg'])).toEqual(['folder', 'folder_1', 'class']);
    expect(columnsOf(['train/cat/1.jpg', 'test/cat/2.jpg', 'test/dog/3.jpg'])).toEqual([
      'folder',
      'split',
      'class',
    ]);
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
