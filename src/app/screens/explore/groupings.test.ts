import { describe, expect, it } from 'vitest';
import { numberColumn, textColumn } from '../../../../test/project-columns';
import { NO_CLUSTER } from '../../../domain/clustering';
import {
  boardOf,
  countOf,
  foundValues,
  groupingOf,
  proposedAssignment,
  spreadOf,
  valueKey,
  withRole,
} from './groupings';

const device = textColumn('device', ['a', 'b', 'a', '', 'b', 'a']);
const tags = textColumn('tags', ['sea, sun', 'sun', '', 'sea', 'sun;wind', 'wind']);
const groupers = {
  paths: ['x/1.jpg', 'y/2.jpg', 'x/3.jpg', 'y/4.jpg', 'x/5.jpg', 'y/6.jpg'],
  columns: [device, tags],
};

describe('the assignment', () => {
  it('is proposed by what the columns hold', () => {
    expect(proposedAssignment(groupers)).toEqual({ category: ['folder', 'device'], hashtag: ['tags'] });
    expect(proposedAssignment({ paths: [], columns: [] })).toEqual({ category: [], hashtag: [] });
  });

  it('proposes numbers, but not those that only number the images', () => {
    const ids = Array.from({ length: 30 }, (_, i) => 1000 + 7 * i);
    const columns = [
      numberColumn('id', ids),
      numberColumn(
        'length',
        ids.map((id) => id / 2),
      ),
      numberColumn(
        'count',
        ids.map((id) => id % 20),
      ),
    ];
    expect(proposedAssignment({ paths: [], columns })).toEqual({
      category: ['length', 'count'],
      hashtag: [],
    });
    expect(boardOf({ paths: [], columns }, proposedAssignment({ paths: [], columns })).unused).toEqual([
      'id',
    ]);
  });

  it('moves a column to the end of a list, or to none', () => {
    const before = { category: ['folder', 'device'], hashtag: ['tags'] };
    expect(withRole(before, 'folder', 'hashtag')).toEqual({
      category: ['device'],
      hashtag: ['tags', 'folder'],
    });
    expect(withRole(before, 'folder', 'category').category).toEqual(['device', 'folder']);
    expect(withRole(before, 'tags', null)).toEqual({ category: ['folder', 'device'], hashtag: [] });
  });

  it('leaves out columns that are gone, and lists those that are not assigned', () => {
    expect(boardOf(groupers, { category: ['gone', 'device'], hashtag: [] })).toEqual({
      category: ['device'],
      hashtag: [],
      unused: ['folder', 'tags'],
    });
  });
});

describe('a grouping', () => {
  it('has the images of each value, those without in none', () => {
    const found = groupingOf('device', 'category', groupers, 6)!;
    expect(found.values.map((value) => value.kind === 'text' && value.text)).toEqual(['a', 'b']);
    expect([...found.rows]).toEqual([0, 2, 5, 1, 4]);
    expect([...found.known]).toEqual([1, 1, 1, 0, 1, 1]);
  });

  it('by tags has an image under each of its tags', () => {
    const found = groupingOf('tags', 'hashtag', groupers, 6)!;
    expect(found.values.map((value) => value.kind === 'text' && value.text)).toEqual(['sea', 'sun', 'wind']);
    expect([0, 1, 2].map((value) => countOf(found, value))).toEqual([2, 3, 2]);
    expect([...found.known]).toEqual([1, 1, 0, 1, 1, 1]);
  });

  it('of many numbers is by equal parts, of paths by folder', () => {
    const many = numberColumn(
      'size',
      Array.from({ length: 4000 }, (_, i) => i),
    );
    const parts = groupingOf('size', 'category', { paths: [], columns: [many] }, 4000)!;
    expect(parts.values).toHaveLength(10);
    expect(countOf(parts, 3)).toBe(400);
    expect(groupingOf('folder', 'category', groupers, 6)!.values).toHaveLength(2);
  });

  it('is searched without regard to capitals, and ordered', () => {
    const found = groupingOf('tags', 'hashtag', groupers, 6)!;
    const names = ['Sea', 'sun', 'wind'];
    expect(foundValues(found, names, '', 'count')).toEqual([1, 0, 2]);
    expect(foundValues(found, names, '', 'name')).toEqual([0, 1, 2]);
    expect(foundValues(found, names, ' S', 'name')).toEqual([0, 1]);
    expect(foundValues(found, names, 'none', 'count')).toEqual([]);
  });

  it('spreads over clusters among the images with a value', () => {
    const found = groupingOf('device', 'category', groupers, 6)!;
    const labels = Uint16Array.of(0, 0, 1, 1, NO_CLUSTER);
    expect(spreadOf(found, 0, labels, 3)).toEqual({
      found: Uint32Array.of(1, 1, 0),
      sizes: Uint32Array.of(2, 1, 0),
    });
  });

  it('tells values by what they are', () => {
    expect(valueKey({ kind: 'text', text: '1' })).not.toBe(valueKey({ kind: 'number', value: 1 }));
  });
});

it('takes a moment for 416,314 images', () => {
  const n = 416_314;
  const rows = Array.from({ length: n }, (_, row) => row);
  const columns = [
    textColumn(
      'device',
      rows.map((row) => `cam-${(row * 7919) % 46}`),
    ),
    textColumn(
      'tags',
      rows.map((row) => `t${row % 90}, u${row % 7}; v${row % 31}`),
    ),
  ];
  const labels = Uint16Array.from(rows, (row) => (row * 31) % 30);
  const time = (column: string, role: 'category' | 'hashtag'): number => {
    const began = performance.now();
    const grouping = groupingOf(column, role, { paths: [], columns }, n)!;
    spreadOf(grouping, 1, labels, 30);
    return performance.now() - began;
  };
  const best = (column: string, role: 'category' | 'hashtag'): number =>
    Math.min(...Array.from({ length: 3 }, () => time(column, role)));
  const times = [best('device', 'category'), best('tags', 'hashtag')];
  console.info(`groupings of 416,314: ${times.map((t) => t.toFixed(0)).join(', ')} ms`);
  // 20 and 60 ms on a quiet machine; a busy one is several times slower.
  for (const spent of times) expect(spent).toBeLessThan(1000);
});
