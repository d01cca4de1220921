import { expect, it } from 'vitest';
import { account, complaint } from './account';

const none = { labels: [], duplicates: [], skipped: [] };

it('is content when every file is in exactly one table', () => {
  const tables = { labels: ['a', 'b/c'], duplicates: ['d'], skipped: ['e'] };
  const result = account(['d', 'b/c', 'e', 'a'], tables);
  expect(result).toEqual({ missing: [], unknown: [], repeated: [] });
  expect(complaint(result)).toBeNull();
});

it('names what is missing, invented and told twice', () => {
  const tables = { labels: ['a', 'x'], duplicates: ['a'], skipped: [] };
  const result = account(['a', 'b'], tables);
  expect(result).toEqual({ missing: ['b'], unknown: ['x'], repeated: ['a'] });
  expect(complaint(result)).toBe(
    'Not every file is accounted for: 1 in no table (b); 1 that were not given (x); 1 more than once (a).',
  );
});

it('shortens long lists', () => {
  expect(complaint(account(['1', '2', '3', '4', '5'], none))).toContain(
    '5 in no table (1, 2, 3, and 2 more)',
  );
});

it('takes the entries of an archive for the archive, and asks for each entry given by name', () => {
  const tables = { ...none, labels: ['z.zip/a', 'z.zip/b'] };
  expect(complaint(account(['z.zip'], tables))).toBeNull();
  expect(account(['z.zip', 'y.zip'], tables).missing).toEqual(['y.zip']);
  expect(complaint(account(['broken.ZIP'], { ...none, skipped: ['broken.ZIP'] }))).toBeNull();
  expect(account(['z.zip.d/a'], { ...none, labels: ['z.zip.d/b'] }).unknown).toEqual(['z.zip.d/b']);
});

it('counts equal paths as often as they were given', () => {
  expect(complaint(account(['a', 'a'], { ...none, labels: ['a'], duplicates: ['a'] }))).toBeNull();
  expect(account(['a', 'a'], { ...none, labels: ['a'] }).missing).toEqual(['a']);
});
