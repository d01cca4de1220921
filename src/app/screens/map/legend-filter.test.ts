import { describe, expect, it } from 'vitest';
import { NO_CLUSTER } from '../../../domain/clustering';
import { groupAt, groupCount, groupSizes, only, passing, PARTS, rowsOfGroup, toggled } from './legend-filter';
import { rampOf } from './ramp';

const clusters = { codes: new Uint16Array([0, 2, 1, 0, NO_CLUSTER]), count: 3 };

describe('groups of the legend', () => {
  it('counts each colour, and rows without one together: in no cluster, or beyond the codes', () => {
    expect([...groupSizes(clusters, 7)]).toEqual([2, 1, 1, 3]);
    expect([...groupSizes({ codes: new Uint16Array(), count: 0 }, 2)]).toEqual([2]);
    expect([...groupSizes(clusters, 0)]).toEqual([0, 0, 0, 0]);
  });

  it('has eight parts of a scale, and one for rows without a value', () => {
    const ramp = rampOf(Float64Array.from([0, 1, 2, 3, 4, 5, 6, 8, NaN]), 10)!;
    expect(groupCount(ramp)).toBe(PARTS);
    expect([...groupSizes(ramp, 10)]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 2]);
    expect(Array.from({ length: 10 }, (_, row) => groupAt(ramp, row))).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 8,
    ]);
    expect([...rowsOfGroup(ramp, 10, 7)]).toEqual([7]);
    expect([...rowsOfGroup(ramp, 10, PARTS)]).toEqual([8, 9]);
  });

  it('lets through what is shown, in agreement with the group of each row', () => {
    const shown = new Set([0, 3]);
    const mask = passing(clusters, 7, shown);
    expect([...mask]).toEqual([1, 0, 0, 1, 1, 1, 1]);
    mask.forEach((flag, row) => expect(flag === 1).toBe(shown.has(groupAt(clusters, row))));
    expect([...rowsOfGroup(clusters, 7, 0)]).toEqual([0, 3]);
  });

  it('filters 416,314 rows in far less than the 100 ms a press has', () => {
    const codes = Uint16Array.from({ length: 416_314 }, (_, i) => i % 30);
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      passing({ codes, count: 30 }, codes.length, new Set([1, 2]));
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });
});

describe('what is shown', () => {
  it('is one alone, and everything when that one is pressed again', () => {
    expect(only(null, 2)).toEqual(new Set([2]));
    expect(only(new Set([1, 2]), 2)).toEqual(new Set([2]));
    expect(only(new Set([2]), 2)).toBeNull();
  });

  it('is several with a key held, and everything when none or all would be left', () => {
    expect(toggled(null, 1, 3)).toEqual(new Set([1]));
    expect(toggled(new Set([1]), 2, 3)).toEqual(new Set([1, 2]));
    expect(toggled(new Set([1, 2]), 1, 3)).toEqual(new Set([2]));
    expect(toggled(new Set([2]), 2, 3)).toBeNull();
    expect(toggled(new Set([1, 2]), 0, 3)).toBeNull();
  });
});
