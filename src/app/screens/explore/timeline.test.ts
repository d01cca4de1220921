import { describe, expect, it } from 'vitest';
import {
  endOf,
  fieldOf,
  histogramOf,
  movedEnd,
  needsTime,
  placeOf,
  pushed,
  spanBetween,
  timeOf,
  typedEnd,
  within,
  type Histogram,
} from './timeline';

const DAY = 86_400_000;
const MARCH = Date.UTC(2025, 2, 1);
const month: Histogram = { start: MARCH, width: DAY, counts: new Uint32Array(31) };

describe('the histogram', () => {
  it('has bins of a round width that cover all dates', () => {
    const times = Float64Array.of(MARCH + 5, MARCH + 3 * DAY, NaN, MARCH + 3 * DAY + 7);
    const found = histogramOf(times, 100)!;
    expect(found.width).toBe(3_600_000);
    expect(found.start).toBe(MARCH);
    expect(found.counts.reduce((a, b) => a + b, 0)).toBe(3);
    expect(found.counts.at(-1)).toBe(2);
    expect(needsTime(found)).toBe(true);
  });

  it('has no bins within days of dates that are whole days, and fields with a time only where days are too coarse', () => {
    const days = Float64Array.from({ length: 3 }, (_, i) => MARCH + i * DAY);
    const whole = histogramOf(days, 100)!;
    expect([whole.width, needsTime(whole)]).toEqual([DAY, false]);
    const month = histogramOf(Float64Array.of(MARCH + 1, MARCH + 40 * DAY), 120)!;
    expect([month.width, needsTime(month)]).toEqual([DAY / 2, false]);
  });

  it('copes with one date, with none, with thousands of years', () => {
    expect([...histogramOf(Float64Array.of(MARCH), 100)!.counts]).toEqual([1]);
    expect(histogramOf(Float64Array.of(NaN), 100)).toBeNull();
    expect(histogramOf(new Float64Array(0), 100)).toBeNull();
    const wide = histogramOf(Float64Array.of(-8.64e15, 8.64e15), 100)!;
    expect(wide.counts.length).toBeLessThanOrEqual(101);
    expect(wide.counts.reduce((a, b) => a + b, 0)).toBe(2);
  });
});

describe('the span', () => {
  it('goes out to whole bins, whichever way it is drawn', () => {
    const span = { from: MARCH + 10 * DAY, to: MARCH + 13 * DAY };
    expect(spanBetween(10.5 / 31, 12.2 / 31, month)).toEqual(span);
    expect(spanBetween(12.2 / 31, 10.5 / 31, month)).toEqual(span);
    expect(spanBetween(-3, 7, month)).toEqual({ from: MARCH, to: endOf(month) });
    expect(spanBetween(1, 1, month)).toEqual({ from: MARCH + 30 * DAY, to: endOf(month) });
  });

  it('keeps an end that lies on the edge of a bin', () => {
    for (let bin = 0; bin < 31; bin++) {
      const time = MARCH + bin * DAY;
      expect(spanBetween(placeOf(time, month), placeOf(time + DAY, month), month)).toEqual({
        from: time,
        to: time + DAY,
      });
    }
  });

  it('gives way when an end is typed beyond the other', () => {
    const span = { from: MARCH + 5 * DAY, to: MARCH + 7 * DAY };
    expect(typedEnd('from', MARCH + 6 * DAY, span, month)).toEqual({ ...span, from: MARCH + 6 * DAY });
    expect(typedEnd('from', MARCH + 9 * DAY, span, month)).toEqual({
      from: MARCH + 9 * DAY,
      to: MARCH + 10 * DAY,
    });
    expect(typedEnd('to', MARCH + 3 * DAY, span, month)).toEqual({
      from: MARCH + 2 * DAY,
      to: MARCH + 3 * DAY,
    });
    expect(typedEnd('to', 0, span, month)).toEqual({ from: MARCH, to: MARCH + DAY });
    expect(typedEnd('from', 9e15, span, month)).toEqual({ from: MARCH + 30 * DAY, to: MARCH + 31 * DAY });
  });

  it('is pushed within the axis', () => {
    const span = { from: MARCH + DAY, to: MARCH + 3 * DAY };
    expect(pushed(span, 2, month)).toEqual({ from: MARCH + 3 * DAY, to: MARCH + 5 * DAY });
    expect(pushed(span, -9, month)).toEqual({ from: MARCH, to: MARCH + 2 * DAY });
    expect(pushed(span, 99, month)).toEqual({ from: MARCH + 29 * DAY, to: MARCH + 31 * DAY });
  });

  it('has ends that keys move, a bin apart at least', () => {
    const span = { from: MARCH + 5 * DAY, to: MARCH + 7 * DAY };
    expect(movedEnd('from', 'ArrowLeft', span, month)!.from).toBe(MARCH + 4 * DAY);
    expect(movedEnd('from', 'PageUp', span, month)!.from).toBe(MARCH + 6 * DAY);
    expect(movedEnd('from', 'Home', span, month)!.from).toBe(MARCH);
    expect(movedEnd('to', 'End', span, month)!.to).toBe(endOf(month));
    expect(movedEnd('to', 'PageDown', span, month)!.to).toBe(MARCH + 6 * DAY);
    expect(movedEnd('to', 'Tab', span, month)).toBeNull();
  });

  it('takes in its first moment and leaves out its end, rows without a date too', () => {
    const times = Float64Array.of(9, 10, 19, 20, NaN);
    expect([...within(times, { from: 10, to: 20 }, 7)!]).toEqual([0, 1, 1, 0, 0, 0, 0]);
    expect(within(times, null, 7)).toBeNull();
  });

  it('is said by date fields in UTC, the last day whole', () => {
    expect(timeOf('2025-03-01', 'from', false)).toBe(MARCH);
    expect(timeOf('2025-03-01', 'to', false)).toBe(MARCH + DAY);
    expect(timeOf('2025-03-01T06:30', 'to', true)).toBe(MARCH + 6.5 * 3_600_000 + 60_000);
    expect(timeOf('', 'from', false)).toBeNull();
    expect(fieldOf(MARCH, false)).toBe('2025-03-01');
    expect(fieldOf(MARCH, true)).toBe('2025-03-01T00:00');
    expect(fieldOf(NaN, false)).toBe('');
  });
});
