import type { Locale } from './format';

/** Spans of the calendar as a language writes them, in UTC. */
export interface CalendarFormat {
  year(time: number): string;
  month(time: number): string;
  day(time: number): string;
  moment(time: number): string;
}

export function calendarFormat(locale: Locale): CalendarFormat {
  const format = (parts: Intl.DateTimeFormatOptions): ((time: number) => string) => {
    const made = new Intl.DateTimeFormat(locale, { ...parts, timeZone: 'UTC' });
    return (time) => made.format(time);
  };
  return {
    year: format({ year: 'numeric' }),
    month: format({ year: 'numeric', month: 'short' }),
    day: format({ year: 'numeric', month: 'short', day: 'numeric' }),
    moment: format({ dateStyle: 'medium', timeStyle: 'medium' }),
  };
}
