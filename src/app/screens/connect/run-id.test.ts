import { expect, it } from 'vitest';
import { runId } from './run-id';

it('names a clustering by what it says, and another one otherwise', () => {
  const of = (...labels: number[]) => runId('0123456789ab', { k: 3, labels: Uint16Array.from(labels) });
  expect(of(0, 1, 2)).toMatch(/^01234567-k3-[0-9a-f]{8}$/);
  expect(of(0, 1, 2)).toBe(of(0, 1, 2));
  expect(new Set([of(0, 1, 2), of(0, 2, 1), of(0, 1), of(0, 1, 2, 0), of(256, 1, 2), of(1, 1, 2)]).size).toBe(
    6,
  );
});
