import { describe, expect, it } from 'vitest';
import { numberColumn, textColumn } from '../../../../test/project-columns';
import { groupByTags, groupByValue, looksLikeTags, tagsOf } from './tags';

describe('tags', () => {
  it.each([
    ['sea, sun;sand|wind', ['sea', 'sun', 'sand', 'wind']],
    ['#sea #sun', ['sea', 'sun']],
    ['["sea", "sun, hot", 3]', ['sea', 'sun, hot', '3']],
    ["['sea', 'sun']", ['sea', 'sun']],
    ['[sea', ['[sea']],
    ['[]', []],
    [' , ;', []],
    ['sea,sea', ['sea']],
    ['one tag', ['one tag']],
    ['[{"a": 1}, "b"]', ['b']],
  ])('of %s', (text, tags) => expect(tagsOf(text)).toEqual(tags));

  it('are told from plain values', () => {
    expect(looksLikeTags(['', 'a,b', 'c'])).toBe(true);
    expect(looksLikeTags(['', 'cam-1', 'cam-2'])).toBe(false);
    expect(looksLikeTags([''])).toBe(false);
  });

  it('have their images', () => {
    const { column } = textColumn('tags', ['b,a', '', 'a', 'b,a', 'c']);
    const { names, starts, rows } = groupByTags(column, 4);
    expect(names).toEqual(['b', 'a', 'c']);
    expect([...starts]).toEqual([0, 2, 5, 5]);
    expect([...rows]).toEqual([0, 3, 0, 2, 3]);
    expect(groupByTags(column, 0).rows).toHaveLength(0);
  });

  it('of numbers are the numbers', () => {
    expect(groupByTags(numberColumn('n', [3, NaN, 3]).column, 9).names).toEqual(['3']);
  });
});

it('inverts groups, those beyond the last left out', () => {
  const { starts, rows } = groupByValue(Uint32Array.of(1, 2, 0, 1), 2);
  expect([...starts]).toEqual([0, 1, 3]);
  expect([...rows]).toEqual([2, 0, 3]);
});
