export interface Page {
  /** Ranks of the first and last image shown, counted from 1. */
  first: number;
  last: number;
  /** Where the pages before and after begin; null where there is none. */
  before: number | null;
  after: number | null;
}

/**
 * The page that begins at rank `from` (counted from 0) of n: `shown` of its at most `count` images are near enough. Where not
 * all are, the next page has none.
 */
export function pageOf({
  from,
  count,
  n,
  shown,
}: {
  from: number;
  count: number;
  n: number;
  shown: number;
}): Page {
  const end = Math.min(from + count, n);
  return {
    first: from + 1,
    last: from + shown,
    before: from > 0 ? Math.max(from - count, 0) : null,
    after: end < n && from + shown === end ? end : null,
  };
}
