import { describe, expect, it } from 'vitest';
import { doneFraction, sumOfParts } from './progress';

const counts = {
  announced: 100,
  bytes: 1,
  waiting: 30,
  embedded: 40,
  duplicates: 5,
  skipped: 5,
  missing: 20,
};

describe('doneFraction', () => {
  it('leaves missing files out: no machine can do them', () => {
    expect(doneFraction(counts)).toBe(50 / 80);
  });
  it('is 0 for nothing and 1 when nothing waits', () => {
    expect(doneFraction({ ...counts, announced: 0, missing: 0, waiting: 0 })).toBe(0);
    expect(doneFraction({ ...counts, waiting: 0 })).toBe(1);
  });
});

describe('sumOfParts', () => {
  it('adds every part', () => expect(sumOfParts(counts)).toBe(100));
});
