import { expect, it } from 'vitest';
import { plusMinus } from './plus-minus';

it.each([
  [1.4, 0.382, '1.40 ± 0.38'],
  [0.42, 0.0123, '0.420 ± 0.012'],
  [0.382, 1.4, '0.38 ± 1.40'],
  [-0.38, 0.41, '-0.380 ± 0.410'],
  [1234.5, 56.7, '1,235 ± 57'],
  [1234.5, 0.0123, '1,234.500 ± 0.012'],
  [1.4, 0, '1.40 ± 0.00'],
  [0, 0, '0 ± 0'],
  [1, 1e-12, '1.000000 ± 0.000000'],
  [-1e-12, 0.5, '0.000000 ± 0.500000'],
  [NaN, NaN, '– ± –'],
  [1.4, Infinity, '1.4 ± –'],
])('writes %d and %d with the same decimals: %s', (value, error, text) =>
  expect(plusMinus(value, error, 'en')).toBe(text),
);

it('writes numbers as the language does', () => {
  expect(plusMinus(1.4, 0.382, 'fr')).toBe('1,40 ± 0,38');
  expect(plusMinus(1.4, 0.382, 'ru')).toBe('1,40 ± 0,38');
});
