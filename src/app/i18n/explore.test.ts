import { describe, expect, it } from 'vitest';
import { explore as en } from './en/explore';
import { explore as fr } from './fr/explore';
import { explore as ru } from './ru/explore';

describe.each(Object.entries({ en, fr, ru }))('%s', (_, m) => {
  it('counts one, several and none', () => {
    const cells = [0, 1, 5].map((n) => m.means.cell('7', 'cam-a', n));
    expect(new Set(cells).size).toBe(3);
    expect(cells[0]).not.toContain('0');
    expect(m.timeline.undated(1)).not.toBe(m.timeline.undated(5).replace('5', '1'));
    expect(m.timeline.counted(3, 416_314)).toMatch(/3.*416.314/);
  });

  it('names the test, and how many there were', () => {
    const sentence = m.spread.test(160, 'device', 4, 0.05);
    for (const part of [/160/, /device/, /4/, /\b5\s?%/]) expect(sentence).toMatch(part);
    expect(m.spread.test(160, 'device', 1, 0.05)).not.toBe(sentence.replace('4', '1'));
  });

  it('never says that p is nothing', () => {
    expect(m.spread.p(0)).toMatch(/^< 0[.,]0001$/);
    expect(m.spread.p(0.0312)).toMatch(/^0[.,]031$/);
    expect(m.spread.p(1)).toBe('1');
    expect(m.spread.liftOf(NaN)).toBe('–');
    expect(m.spread.liftOf(2.5)).toMatch(/2[.,]50/);
  });

  it('writes spans of the calendar in UTC', () => {
    const midnight = Date.UTC(2025, 0, 1);
    expect(m.calendar.year(midnight)).toContain('2025');
    expect(m.calendar.month(midnight - 1)).toMatch(/2024/);
    expect(m.calendar.day(midnight)).toMatch(/1/);
  });
});
