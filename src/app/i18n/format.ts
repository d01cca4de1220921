import { plusMinus } from '../../exports/plus-minus';

export type Locale = 'en' | 'fr' | 'ru';
export const LOCALES: readonly Locale[] = ['en', 'fr', 'ru'];

/** Numbers, sizes, times and dates as the locale writes them. */
export interface Format {
  int(n: number): string;
  decimal(n: number, digits: number): string;
  /** A value and its error or spread, with the same decimals. */
  plusMinus(value: number, error: number): string;
  /** 0..1 to whole per cent, rounded; but 100 % is all, and 0 % nothing. */
  percent(fraction: number): string;
  /** Decimal units: 1 MB = 1,000,000 bytes. */
  bytes(n: number): string;
  /** Seconds in the one or two units a person would say. */
  duration(seconds: number): string;
  date(time: number): string;
  dateTime(time: number): string;
  /** The word form for a count, by the language's own plural rules. */
  plural(n: number, forms: PluralForms): string;
}

/** `many` is used by Russian (5 изображений); `few` too (2 изображения). */
export interface PluralForms {
  one: string;
  few?: string;
  many?: string;
  other: string;
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Whole numbers below this many seconds are shown in seconds. */
const SECONDS_BELOW = 90;

export function createFormat(locale: Locale): Format {
  const integers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const rules = new Intl.PluralRules(locale);
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const dateTimes = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const unit = (n: number, name: string, digits = 0): string =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    }).format(n);

  return {
    int: (n) => integers.format(n),
    decimal: (n, digits) =>
      new Intl.NumberFormat(locale, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(n),
    plusMinus: (value, error) => plusMinus(value, error, locale),
    percent(fraction) {
      const shown = fraction >= 1 ? 1 : fraction > 0 ? Math.min(Math.max(fraction, 0.01), 0.99) : 0;
      return percents.format(shown);
    },
    bytes(n) {
      const power = n < 1 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(n) / 3 + 1e-9));
      const value = n / 1000 ** power;
      return unit(value, BYTE_UNITS[power], power > 0 && value < 10 ? 1 : 0);
    },
    duration(seconds) {
      if (seconds < SECONDS_BELOW) return unit(Math.max(1, Math.round(seconds)), 'second');
      const minutes = Math.round(seconds / 60);
      if (minutes < 60) return unit(minutes, 'minute');
      const rest = minutes % 60;
      const hours = unit(Math.floor(minutes / 60), 'hour');
      return rest === 0 ? hours : `${hours} ${unit(rest, 'minute')}`;
    },
    date: (time) => dates.format(time),
    dateTime: (time) => dateTimes.format(time),
    plural: (n, forms) => forms[rules.select(n) as keyof PluralForms] ?? forms.other,
  };
}

/** The first of the person's languages that the interface speaks; English otherwise. */
export function pickLocale(languages: readonly string[]): Locale {
  for (const language of languages) {
    const base = language.toLowerCase().split('-')[0];
    const found = LOCALES.find((locale) => locale === base);
    if (found) return found;
  }
  return 'en';
}
