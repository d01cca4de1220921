import { describe, expect, it } from 'vitest';
import { tickTexts } from './tick-text';

const en = tickTexts('en');
const all = (ticks: unknown[], texts = en): string[] => ticks.map((tick, i) => texts(tick, i, ticks));
const days = (...texts: string[]): Date[] => texts.map((text) => new Date(text));

describe('numbers', () => {
  it('have the digits that tell them apart', () => {
    expect(all([0, 0.1, 0.2])).toEqual(['0.0', '0.1', '0.2']);
    expect(all([0, 2.5, 5])).toEqual(['0.0', '2.5', '5.0']);
    expect(all([0, 0.25, 0.5])).toEqual(['0.00', '0.25', '0.50']);
    expect(all([0, 5000, 10_000])).toEqual(['0', '5,000', '10,000']);
    expect(all([0.1, 0.1 + 0.1, 0.1 + 0.2])).toEqual(['0.1', '0.2', '0.3']);
  });

  it('are short when large, and have an exponent when tiny', () => {
    expect(all([0, 1_500_000, 3_000_000])).toEqual(['0', '1.5M', '3M']);
    expect(all([0.00001, 0.00002])).toEqual(['1E-5', '2E-5']);
  });

  it('stand alone, too', () => {
    expect(en(7, 0)).toBe('7');
    expect(en(0.123456, 0)).toBe('0.123');
    expect(en(0.2, 0)).toBe('0.2');
    expect(en(0.05, 0)).toBe('0.05');
    expect(en(0.000_015, 0)).toBe('1.5E-5');
    expect(en(NaN, 0)).toBe('');
  });

  it('follow the language', () => {
    expect(all([0, 0.5, 1], tickTexts('fr'))).toEqual(['0,0', '0,5', '1,0']);
    expect(tickTexts('ru')(12_500, 0, [0, 12_500])).toMatch(/^12\s500$/);
  });
});

describe('dates', () => {
  it('have the parts that tell them apart, in UTC', () => {
    expect(all(days('2020-01-01', '2021-01-01'))).toEqual(['2020', '2021']);
    expect(all(days('2020-01-01', '2020-02-01'))).toEqual(['Jan 2020', 'Feb 2020']);
    expect(all(days('2020-01-30', '2020-01-31'))).toEqual(['Jan 30', 'Jan 31']);
    expect(all(days('2020-01-30T23:00Z', '2020-01-31T00:00Z'))).toEqual(['11:00 PM', 'Jan 31']);
    expect(all(days('2020-01-30T12:00:00Z', '2020-01-30T12:00:30Z'))).toEqual(['12:00:00 PM', '12:00:30 PM']);
  });
});

it('leaves names as they are', () => {
  expect(all(['fish', null, undefined, 3])).toEqual(['fish', '', '', '3']);
});
