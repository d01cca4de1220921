import { expect, it } from 'vitest';
import { rampOf, STEPS } from './ramp';

const ramp = (values: number[], n = values.length) => rampOf(Float64Array.from(values), n);

it('puts values in steps from the lowest to the highest, and those without one apart', () => {
  const made = ramp([0, 10, NaN, 5, Infinity], 6)!;
  expect([...made.codes]).toEqual([0, STEPS - 1, STEPS, STEPS / 2, STEPS, STEPS]);
  expect(made).toMatchObject({ low: 0, high: 10, below: false, above: false, none: 3 });
});

it('makes no scale of nothing or of one value', () => {
  expect(ramp([])).toBeNull();
  expect(ramp([NaN, NaN])).toBeNull();
  expect(ramp([7, 7, NaN])).toBeNull();
});

it('is not flattened by one odd value', () => {
  const many = Array.from({ length: 1000 }, (_, i) => i);
  const made = ramp([...many, 1e12])!;
  expect(made.high).toBeLessThan(1000);
  expect(made).toMatchObject({ above: true, below: true });
  expect(made.codes.at(-1)).toBe(STEPS - 1);
  expect(ramp([...new Array<number>(200).fill(3), 4])).toMatchObject({ low: 3, high: 4 });
});

it('takes the largest numbers there are', () => {
  expect([...ramp([-Number.MAX_VALUE, Number.MAX_VALUE, 0])!.codes]).toEqual([0, STEPS - 1, STEPS / 2]);
});
