import { describe, expect, it } from 'vitest';
import { descriptors as en } from './en/descriptors';
import { descriptors as fr } from './fr/descriptors';
import { descriptors as ru } from './ru/descriptors';

describe.each(Object.entries({ en, fr, ru }))('%s', (_, m) => {
  it('says how many vectors fit, how many do not, and where numbers are not finite', () => {
    expect(m.form.matched(3, 7)).toMatch(/3.*7/);
    expect(m.form.pathsDiffer(4, 5)).toMatch(/4.*5/);
    expect(m.form.nonFinite(2, 1, m.form.place(8, 9))).toMatch(/2.*1.*8.*9/s);
    expect(m.form.unmatched(1)).not.toBe(m.form.unmatched(2));
  });
});

describe('Russian', () => {
  it('counts by the rules of the language', () => {
    expect([1, 3, 5].map((n) => ru.form.shape(n, 2, 'f4').split(' ')[1])).toEqual([
      'вектор',
      'вектора',
      'векторов',
    ]);
    const lengths = [1, 32, 512].map((d) => ru.form.shape(2, d, 'f4').split(' ')[4]);
    expect(lengths).toEqual(['числу', 'числа', 'чисел']);
  });
});
