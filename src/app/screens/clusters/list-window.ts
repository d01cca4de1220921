/** Lines of a long list that are in the document: `from` .. `to - 1`, and the room of those above and below in pixels. */
export interface ListWindow {
  from: number;
  to: number;
  before: number;
  after: number;
}

const OVERSCAN = 6;

/** The lines in view of `count` lines of one height, and some around them. */
export function windowOf(count: number, scrollTop: number, viewHeight: number, line: number): ListWindow {
  const first = Math.min(Math.max(0, Math.floor(scrollTop / line) - OVERSCAN), count);
  const from = Math.min(first, Math.max(0, count - 1));
  const to = Math.min(count, Math.ceil((Math.max(0, scrollTop) + viewHeight) / line) + OVERSCAN);
  const end = Math.max(from, to);
  return { from, to: end, before: from * line, after: (count - end) * line };
}
