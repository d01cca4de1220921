import type { Locale } from './format';

/** Values of columns as a language writes them. */
export interface ColumnFormat {
  /** All digits, and no separators of thousands: it may be a number in name only. */
  number(value: number): string;
  /** A short number for the end of a scale. */
  short(value: number): string;
  /** The day, with the time unless that is midnight; in UTC, in which columns keep it. */
  date(time: number): string;
}

export function columnFormat(locale: Locale): ColumnFormat {
  const numbers = new Intl.NumberFormat(locale, { useGrouping: false, maximumSignificantDigits: 17 });
  const short = new Intl.NumberFormat(locale, { useGrouping: false, maximumSignificantDigits: 5 });
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const times = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: 'UTC',
  });
  const DAY = 86_400_000;
  return {
    // Beyond this, digits without an exponent fill the line.
    number: (value) => (Math.abs(value) < 1e21 ? numbers.format(value) : String(value)),
    short: (value) => (Math.abs(value) < 1e9 ? short.format(value) : value.toPrecision(5)),
    date: (time) => (time % DAY === 0 ? days : times).format(time),
  };
}
