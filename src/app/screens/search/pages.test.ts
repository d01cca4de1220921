import { expect, it } from 'vitest';
import { pageOf } from './pages';

it.each([
  [
    { from: 0, count: 60, n: 130, shown: 60 },
    { first: 1, last: 60, before: null, after: 60 },
  ],
  [
    { from: 60, count: 60, n: 130, shown: 60 },
    { first: 61, last: 120, before: 0, after: 120 },
  ],
  [
    { from: 120, count: 60, n: 130, shown: 10 },
    { first: 121, last: 130, before: 60, after: null },
  ],
  [
    { from: 0, count: 60, n: 130, shown: 7 },
    { first: 1, last: 7, before: null, after: null },
  ],
  [
    { from: 30, count: 60, n: 130, shown: 60 },
    { first: 31, last: 90, before: 0, after: 90 },
  ],
  [
    { from: 0, count: 60, n: 3, shown: 3 },
    { first: 1, last: 3, before: null, after: null },
  ],
])('%j', (asked, page) => expect(pageOf(asked)).toEqual(page));
