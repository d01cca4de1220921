import { describe, expect, it } from 'vitest';
import { at, bandPath, extentOf, linePath, nearestK } from './chart-scale';

describe('chart scale', () => {
  it('maps linearly, also downwards', () => {
    expect(at({ domain: [5, 30], range: [0, 100] }, 30)).toBe(100);
    expect(at({ domain: [0, 1], range: [40, 0] }, 0.25)).toBe(30);
  });

  it('puts a domain without extent in the middle', () => {
    expect(at({ domain: [3, 3], range: [0, 100] }, 3)).toBe(50);
  });

  it('takes the extent of what is finite', () => {
    expect(extentOf([NaN, 3, -1, Infinity])).toEqual([-1, 3]);
    expect(extentOf([NaN])).toEqual([0, 1]);
  });

  it('breaks the line where a score is missing', () => {
    const path = linePath([
      [0, 1],
      [1, 2.345],
      [2, NaN],
      [3, 4],
    ]);
    expect(path).toBe('M0,1L1,2.35M3,4');
  });

  it('closes a band over its lower line, and draws none from one point', () => {
    const band = bandPath([
      { x: 0, high: 3, low: 1 },
      { x: 1, high: 4, low: 2 },
    ]);
    expect(band).toBe('M0,3L1,4L1,2L0,1Z');
    expect(bandPath([{ x: 0, high: 3, low: 1 }])).toBe('');
  });

  it('finds the k under the pointer', () => {
    const scale = { domain: [5, 30], range: [0, 250] } as const;
    expect(nearestK([5, 6, 7, 30], scale, 16)).toBe(7);
    expect(nearestK([5, 6, 7, 30], scale, 999)).toBe(30);
    expect(nearestK([5], scale, 0)).toBe(5);
  });
});
