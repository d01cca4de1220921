/** A span of time, both ends in milliseconds since 1970, `from` <= t < `to`; null: everything, those without a date too. */
export type Span = { from: number; to: number } | null;

export interface Histogram {
  /** The first bin starts at `start`; each is `width` milliseconds wide. */
  start: number;
  width: number;
  counts: Uint32Array;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WIDTHS = [
  ...[1, 5, 15, 30].map((n) => n * SECOND),
  ...[1, 5, 15, 30].map((n) => n * MINUTE),
  ...[1, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 28, 91, 182, 365, 3650, 36500, 365000].map((n) => n * DAY),
];

/**
 * How many images there are in each of at most `most` bins of a round width (UTC); null without a date. Where all are whole
 * days no bin is less.
 */
export function histogramOf(times: Float64Array, most: number): Histogram | null {
  let low = Infinity;
  let high = -Infinity;
  let least = DAY;
  for (const time of times) {
    if (time < low) low = time;
    if (time > high) high = time;
    if (time % DAY !== 0 && time === time) least = 0;
  }
  if (low > high) return null;
  const width =
    WIDTHS.find((w) => w >= least && Math.floor(high / w) - Math.floor(low / w) < most) ??
    Math.ceil((high - low + 1) / most);
  const start = Math.floor(low / width) * width;
  const counts = new Uint32Array(Math.floor((high - start) / width) + 1);
  for (const time of times) if (!Number.isNaN(time)) counts[Math.floor((time - start) / width)]++;
  return { start, width, counts };
}

/** The end of the last bin. */
export const endOf = ({ start, width, counts }: Histogram): number => start + width * counts.length;

/** 1 for the first n rows whose time is within the span; null: all rows. Rows beyond the end have no time. */
export function within(times: Float64Array, span: Span, n: number): Uint8Array | null {
  if (!span) return null;
  const mask = new Uint8Array(n);
  for (let row = 0; row < Math.min(n, times.length); row++)
    if (times[row] >= span.from && times[row] < span.to) mask[row] = 1;
  return mask;
}

const ROUNDING = 1e-6;

/** The place of a time on the axis, 0..1. */
export function placeOf(time: number, { start, width, counts }: Histogram): number {
  return Math.min(Math.max((time - start) / (width * counts.length), 0), 1);
}

/** The span between two places on the axis (0..1), out to whole bins; at least one bin. */
export function spanBetween(a: number, b: number, histogram: Histogram): NonNullable<Span> {
  const { start, width, counts } = histogram;
  const clamp = (x: number): number => Math.min(Math.max(x, 0), 1);
  // The other end lies on the edge of a bin, but for rounding.
  const low = Math.min(Math.floor(clamp(Math.min(a, b)) * counts.length + ROUNDING), counts.length - 1);
  const high = Math.max(Math.ceil(clamp(Math.max(a, b)) * counts.length - ROUNDING), low + 1);
  return { from: start + low * width, to: start + high * width };
}

/** The span pushed by some bins, as long as before, within the axis. */
export function pushed(
  { from, to }: NonNullable<Span>,
  bins: number,
  histogram: Histogram,
): NonNullable<Span> {
  const { start, width } = histogram;
  const by = Math.min(Math.max(bins * width, start - from), endOf(histogram) - to);
  return { from: from + by, to: to + by };
}

/** Where a key moves one end of the span (by bins); null for a key that does not. The ends stay a bin apart. */
export function movedEnd(
  end: 'from' | 'to',
  key: string,
  span: NonNullable<Span>,
  histogram: Histogram,
): NonNullable<Span> | null {
  const { start, width } = histogram;
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -10,
    PageUp: 10,
    Home: -Infinity,
    End: Infinity,
  };
  if (!(key in steps)) return null;
  const wished = span[end] + steps[key] * width;
  return end === 'from'
    ? { ...span, from: Math.min(Math.max(wished, start), span.to - width) }
    : { ...span, to: Math.max(Math.min(wished, endOf(histogram)), span.from + width) };
}

/** The value of a date field (`2025-03-09`), or of one with a time; '' of no date. UTC. */
export function fieldOf(time: number, withTime: boolean): string {
  if (!Number.isFinite(time)) return '';
  return new Date(time).toISOString().slice(0, withTime ? 16 : 10);
}

/** What a date field says, UTC; null while it says nothing yet. The end of a span is the end of its last day or minute. */
export function timeOf(field: string, end: 'from' | 'to', withTime: boolean): number | null {
  const time = Date.parse(withTime ? `${field}:00Z` : `${field}T00:00:00Z`);
  if (Number.isNaN(time)) return null;
  return end === 'from' ? time : time + (withTime ? MINUTE : DAY);
}

/** The span after one of its ends was typed: the other end gives way by a day (a minute), and the axis has the last word. */
export function typedEnd(
  end: 'from' | 'to',
  time: number,
  span: NonNullable<Span>,
  histogram: Histogram,
): NonNullable<Span> {
  const least = needsTime(histogram) ? MINUTE : DAY;
  const low = histogram.start;
  const high = endOf(histogram);
  const at = Math.min(Math.max(time, low), high);
  if (end === 'from') {
    const from = Math.min(at, high - least);
    return { from, to: Math.max(span.to, from + least) };
  }
  const to = Math.max(at, low + least);
  return { from: Math.min(span.from, to - least), to };
}

/** Whether days are too coarse to choose a span by. */
export const needsTime = ({ width, counts }: Histogram): boolean =>
  width < DAY && width * counts.length <= 4 * DAY;
