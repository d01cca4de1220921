import { describe, expect, it } from 'vitest';
import { changeSelection, emptySelection, fromMask, sameSelection } from './selection';

const of = (rows: number[], n = 6) => changeSelection(emptySelection(n), rows, 'replace', n);

describe('changeSelection', () => {
  it.each([
    ['replace', [5, 0]],
    ['add', [0, 1, 3, 5]],
    ['subtract', [1, 3]],
    ['toggle', [0, 1, 3, 5]],
  ] as const)('%s', (mode, expected) => {
    const next = changeSelection(of([1, 3]), [5, 0], mode, 6);
    expect([...next.rows]).toEqual([...expected].sort());
    expect(next.count).toBe(expected.length);
  });

  it('toggles rows that were selected off', () => {
    expect([...changeSelection(of([1, 3]), [3, 4], 'toggle', 6).rows]).toEqual([1, 4]);
  });

  it('follows a set that grew, and ignores rows it does not have', () => {
    const grown = changeSelection(of([1], 2), [7, -1, 99, 1.5 * NaN], 'add', 8);
    expect(grown.mask).toHaveLength(8);
    expect([...grown.rows]).toEqual([1, 7]);
  });

  it('never changes the selection it was given', () => {
    const before = of([1, 3]);
    changeSelection(before, [0], 'add', 6);
    expect([...before.mask]).toEqual([0, 1, 0, 1, 0, 0]);
  });
});

describe('sameSelection', () => {
  it('compares rows, not the length of the mask', () => {
    expect(sameSelection(of([1, 2], 4), of([1, 2], 9))).toBe(true);
    expect(sameSelection(of([1, 2]), of([1, 3]))).toBe(false);
  });
});

describe('fromMask', () => {
  it('lists the rows ascending', () => {
    expect([...fromMask(Uint8Array.of(0, 1, 1, 0, 1)).rows]).toEqual([1, 2, 4]);
  });
});
