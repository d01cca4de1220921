import type { Locale } from '../../i18n/format';

const SECOND = 1000;
const DAY = 86_400_000;

/** Texts of an axis, in a language. */
export interface TickTexts {
  /** A value of an axis among all of them: a number, a date (in UTC, in which columns keep it), or a name. */
  (value: unknown, index: number, ticks?: ArrayLike<unknown>): string;
}

/** Numbers get the digits that tell the ticks apart, dates the parts that do. */
export function tickTexts(locale: Locale): TickTexts {
  const numbers = new Map<string, Intl.NumberFormat>();
  const format = (key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const made = numbers.get(key) ?? new Intl.NumberFormat(locale, options);
    numbers.set(key, made);
    return made;
  };
  const number = (value: number, step: number): string => {
    const size = Math.abs(value);
    if (size >= 1e6) return format('short', { notation: 'compact', maximumFractionDigits: 2 }).format(value);
    if (size > 0 && size < 1e-4 && step < 1e-4)
      return format('tiny', { notation: 'scientific', maximumFractionDigits: 2 }).format(value);
    const digits = Math.min(Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)), 6);
    return format(String(digits), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
      value,
    );
  };
  const dates = new Map(
    Object.entries(DATE_PARTS).map(([key, parts]) => [
      key,
      new Intl.DateTimeFormat(locale, { ...parts, timeZone: 'UTC' }),
    ]),
  );
  return (value, _index, ticks) => {
    if (typeof value === 'number') return Number.isFinite(value) ? number(value, stepOf(value, ticks)) : '';
    if (value instanceof Date) return dates.get(datePart(value, ticks))!.format(value);
    return value === null || value === undefined ? '' : String(value);
  };
}

const DATE_PARTS: Record<'second' | 'minute' | 'day' | 'month' | 'year', Intl.DateTimeFormatOptions> = {
  second: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
  minute: { hour: 'numeric', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: 'numeric' },
  year: { year: 'numeric' },
};

/** The smallest distance of neighbours; a single value has the digits that it needs itself, at most three. */
function stepOf(value: number, ticks: ArrayLike<unknown> | undefined): number {
  let step = Infinity;
  for (let i = 1; i < (ticks?.length ?? 0); i++) {
    const gap = Math.abs(Number(ticks![i]) - Number(ticks![i - 1]));
    if (gap > 0) step = Math.min(step, Number(gap.toPrecision(6)));
  }
  if (!Number.isFinite(step)) step = Number.isInteger(value) ? 1 : Number(Math.abs(value).toPrecision(3));
  // 2.5 tells as little in whole numbers as 0.5.
  for (let digits = 0; digits < 6; digits++)
    if (Number.isInteger(Number((step * 10 ** digits).toPrecision(6)))) return 10 ** -digits;
  return step;
}

function datePart(value: Date, ticks: ArrayLike<unknown> | undefined): keyof typeof DATE_PARTS {
  const step = ticks && ticks.length > 1 ? Math.abs(Number(ticks[1]) - Number(ticks[0])) : DAY;
  if (step >= 360 * DAY) return 'year';
  if (step >= 27 * DAY) return 'month';
  if (step >= DAY || value.getTime() % DAY === 0) return 'day';
  return step % (60 * SECOND) === 0 ? 'minute' : 'second';
}
