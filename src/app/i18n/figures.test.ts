import { describe, expect, it } from 'vitest';
import { figures as en } from './en/figures';
import { figures as fr } from './fr/figures';
import { figures as ru } from './ru/figures';

describe.each(Object.entries({ en, fr, ru }))('%s', (_, m) => {
  it('tells in how many dimensions the variance lies, also when it is not known', () => {
    const levels = [
      { share: 0.6, dimensions: 7 },
      { share: 0.9, dimensions: null },
    ];
    expect(m.variance.levels(levels, 512)).toMatch(/512.*60\s?%.*7/);
    expect(m.variance.levels(levels, 512)).not.toMatch(/90|null/);
    expect(m.variance.levels([{ share: 0.6, dimensions: null }], 512)).toContain('512');
    expect(m.variance.chosen(1)).not.toBe(m.variance.chosen(34));
  });

  it('mentions images nearer to another cluster only where there are some', () => {
    expect(m.silhouettes.band('A', 9, '0.4', 0)).not.toMatch(/\b0\b(?!\.)/);
    expect(m.silhouettes.band('A', 9, '0.4', 3)).toContain('3');
  });

  it('names what was run, and by what', () => {
    expect(m.time.clustering(512, 5, 30, 4, 'webgpu', 'nvidia')).toMatch(/512.*5–30.*4.*\(nvidia\)/);
    expect(m.time.clustering(512, 9, 9, 1, 'cpu', '')).toMatch(/k = 9/);
    expect(m.time.embedding('', 'wasm', '')).not.toContain(', ,');
    expect(m.time.caption(3, true)).not.toBe(m.time.caption(3, false));
  });

  it('has every small share of the variance, and no share twice', () => {
    expect(
      [0, 0.004, 0.04, 1].map((share) => m.variance.percent(share).replace(',', '.').replace(/\s/, '')),
    ).toEqual(['0%', '0.4%', '4%', '100%']);
  });
});

it('counts in Russian by the rules of the language', () => {
  expect([1, 2, 5].map((n) => ru.time.caption(n, false).split('.')[0])).toEqual([
    'Данные: 1 расчёт этого браузера по всем проектам и сохранённые с проектом',
    'Данные: 2 расчёта этого браузера по всем проектам и сохранённые с проектом',
    'Данные: 5 расчётов этого браузера по всем проектам и сохранённые с проектом',
  ]);
});
