import { describe, expect, it } from 'vitest';
import { movedCell, scrollInto, visibleSpan, withActive } from './heat-grid';

const axis = { lead: 100, size: 20, count: 50 };

describe('visibleSpan', () => {
  it.each([
    [0, 300, 0, 14],
    [200, 300, 6, 24],
    [900, 300, 41, 50],
    [0, 0, 0, 4],
    [5000, 300, 50, 50],
  ])('at %d of a view of %d: %d to %d', (scroll, view, first, end) =>
    expect(visibleSpan(scroll, view, axis)).toEqual({ first, end }),
  );
  it('of nothing is nothing', () =>
    expect(visibleSpan(0, 300, { ...axis, count: 0 })).toEqual({ first: 0, end: 0 }));
});

describe('withActive', () => {
  it('keeps the line with the focus', () => {
    expect(withActive({ first: 3, end: 6 }, 1)).toEqual([1, 3, 4, 5]);
    expect(withActive({ first: 3, end: 6 }, 9)).toEqual([3, 4, 5, 9]);
    expect(withActive({ first: 3, end: 6 }, 5)).toEqual([3, 4, 5]);
    expect(withActive({ first: 0, end: 2 }, -1)).toEqual([0, 1]);
  });
});

describe('scrollInto', () => {
  it.each([
    [2, 100, 40],
    [20, 100, 220],
    [8, 100, 100],
  ])('line %d from %d: %d', (line, scroll, to) => expect(scrollInto(line, scroll, 300, axis)).toBe(to));
});

describe('movedCell', () => {
  it.each([
    ['ArrowUp', false, [0, 3]],
    ['ArrowDown', false, [2, 3]],
    ['ArrowLeft', false, [1, 2]],
    ['ArrowRight', false, [1, 4]],
    ['Home', false, [1, 0]],
    ['Home', true, [0, 0]],
    ['End', false, [1, 7]],
    ['End', true, [9, 7]],
    ['PageDown', false, [6, 3]],
    ['PageUp', false, [0, 3]],
  ] as const)('%s, ctrl %s: %j', (key, ctrl, [row, column]) =>
    expect(movedCell({ key, ctrl }, { row: 1, column: 3 }, 10, 8, 5)).toEqual({ row, column }),
  );
  it('leaves other keys alone', () =>
    expect(movedCell({ key: 'Enter', ctrl: false }, { row: 0, column: 0 }, 2, 2, 1)).toBeNull());
});
