import { describe, expect, it } from 'vitest';
import { study as en } from './en/study';
import { study as fr } from './fr/study';
import { study as ru } from './ru/study';

const LANGUAGES = { en, fr, ru };

describe.each(Object.entries(LANGUAGES))('%s', (_, m) => {
  it('says how k was chosen: with the error of an estimate, or without', () => {
    expect(m.choice.chosen(9, '0.41', '0.02')).toMatch(/9.*0\.41 ± 0\.02/);
    expect(m.choice.chosen(9, '0.41', null)).not.toContain('±');
    expect(m.choice.runnerUp(12, '0.40', true)).not.toBe(m.choice.runnerUp(12, '0.40', false));
  });

  it('names the indices that would take another k, each with its k', () => {
    const others = [
      { criterion: 'calinskiHarabasz', k: 5 },
      { criterion: 'elbow', k: 13 },
    ] as const;
    expect(m.choice.disagree([...others])).toMatch(/5.*13/);
    expect(m.choice.agree(['elbow'])).not.toBe(m.choice.agree(['elbow', 'daviesBouldin']));
  });

  it('tells what a reduction came to, also when the variance is not known', () => {
    expect(m.options.reduced(256, 34, 0.951)).toMatch(/256 → 34.*95[.,]1/);
    expect(m.options.reduced(256, 1, null)).not.toContain('%');
  });

  it('reads an index in five steps', () => {
    const readings = [-0.1, 0.1, 0.4, 0.7, 0.95].map((ari) => m.compare.reading(ari));
    expect(new Set(readings).size).toBe(5);
  });

  it('does not divide by nothing', () => {
    expect(m.compare.matched(0, 0)).not.toContain('NaN');
    expect(m.stability.percent(0)).toMatch(/^0[.,]000\s?%$/);
  });
});

describe('Russian', () => {
  it('counts by the rules of the language', () => {
    expect([1, 3, 5, 21].map((n) => ru.tree.childCount(n))).toEqual([
      '1 потомок',
      '3 потомка',
      '5 потомков',
      '21 потомок',
    ]);
    expect(ru.compare.matched(3, 21)).toContain('из 21 изображения');
  });
});
