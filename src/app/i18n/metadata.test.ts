import { describe, expect, it } from 'vitest';
import { JOIN_LISTS } from '../../domain/metadata';
import { metadata as en } from './en/metadata';
import { metadata as fr } from './fr/metadata';
import { metadata as ru } from './ru/metadata';

describe.each(Object.entries({ en, fr, ru }))('%s', (_, m) => {
  it('tells how many images have a row, without dividing by nothing', () => {
    expect(m.join.rate(160, 165)).toMatch(/160.*165.*97/);
    expect(m.join.rate(0, 0)).not.toContain('NaN');
  });

  it('counts what finds no partner, one and many', () => {
    for (const kind of JOIN_LISTS) {
      expect(m.join.lists[kind](1)).toMatch(/^1\s/);
      expect(m.join.lists[kind](5)).not.toBe(m.join.lists[kind](1).replace('1', '5'));
    }
  });

  it('writes values in full, dates in UTC, the time only where there is one', () => {
    expect(m.value.number(20250101)).toBe('20250101');
    expect(m.value.number(0.1 + 0.2)).toMatch(/^0[.,]3000000000000000/);
    expect(m.value.number(1e300)).toContain('e');
    expect(m.value.number(Infinity)).not.toBe('');
    expect(m.value.date(Date.UTC(2024, 4, 1))).toMatch(/2024/);
    expect(m.value.date(Date.UTC(2024, 4, 1))).not.toMatch(/00/);
    expect(m.value.date(Date.UTC(2024, 4, 1, 13, 30))).toMatch(/30/);
  });
});
