import { describe, expect, it } from 'vitest';
import { NO_CLUSTER } from '../../../domain/clustering';
import { numberColumn, textColumn } from '../../../../test/project-columns';
import { clusterOrder, crossCounts, groupTotals, rowsAt, topGroups } from './cross';
import { within } from './timeline';
import { valuesOf, type Values } from './values';

const word = (text: string) => ({ kind: 'text' as const, text });
const VALUES: Values = {
  values: [word('a'), word('b'), word('c'), word('d'), { kind: 'none' }],
  of: Uint32Array.of(0, 1, 1, 2, 2, 2, 4, 3, 1),
};
const clustered = {
  labels: Uint16Array.of(0, 0, 1, 1, 1, 0, 1, NO_CLUSTER),
  k: 2,
  within: null as Uint8Array | null,
};

it('counts those in a cluster only, and those within', () => {
  expect([...groupTotals(VALUES, clustered)]).toEqual([1, 2, 3, 0, 1]);
  const some = { ...clustered, within: Uint8Array.of(1, 1, 0, 1, 0, 0, 0, 1) };
  expect([...groupTotals(VALUES, some)]).toEqual([1, 1, 1, 0, 0]);
});

describe('the axis', () => {
  const totals = groupTotals(VALUES, clustered);
  it('is by count or by name, no value last, groups of nobody left out', () => {
    expect(topGroups(VALUES, totals, 9, 'count').values).toEqual([
      word('c'),
      word('b'),
      word('a'),
      { kind: 'none' },
    ]);
    expect(topGroups(VALUES, totals, 9, 'name').values).toEqual([
      word('a'),
      word('b'),
      word('c'),
      { kind: 'none' },
    ]);
  });

  it('gathers the others', () => {
    const axis = topGroups(VALUES, totals, 1, 'name');
    expect(axis.values).toEqual([word('c'), { kind: 'others', values: 2 }, { kind: 'none' }]);
    expect(axis.totals).toEqual([3, 3, 1]);
    expect([...crossCounts(VALUES, axis, clustered)]).toEqual([1, 2, 0, 2, 1, 1]);
    expect([...rowsAt(Uint32Array.of(0, 1, 5), 1, VALUES, axis, null)]).toEqual([0, 1]);
    expect([...rowsAt(Uint32Array.of(0, 1, 5), 1, VALUES, axis, Uint8Array.of(0, 1, 1, 1, 1, 1))]).toEqual([
      1,
    ]);
  });

  it('is empty of nothing', () => {
    const none: Values = { values: [], of: new Uint32Array(0) };
    const axis = topGroups(none, new Uint32Array(0), 5, 'count');
    expect(axis.values).toEqual([]);
    expect(crossCounts(none, axis, clustered)).toHaveLength(0);
    expect(clusterOrder(new Uint32Array(0), 2, 'count')).toEqual({ clusters: [], totals: [0, 0] });
  });
});

it('orders clusters by number or by count, empty ones left out', () => {
  const counts = Uint32Array.of(1, 0, 0, 0, 2, 3);
  expect(clusterOrder(counts, 3, 'name').clusters).toEqual([0, 2]);
  expect(clusterOrder(counts, 3, 'count')).toEqual({ clusters: [2, 0], totals: [1, 0, 5] });
});

it('takes a moment for 416,314 images in 30 clusters, and agrees with counting one by one', () => {
  const n = 416_314;
  const rows = Array.from({ length: n }, (_, row) => row);
  const device = textColumn(
    'device',
    rows.map((row) => `cam-${(row * 7919) % 46}`),
  );
  const taken = numberColumn(
    'taken',
    rows.map((row) => 1.5e12 + ((row * 104_729) % 4e10)),
    'date',
  );
  const paths = rows.map((row) => `site-${row % 40}/cam/${row}.jpg`);
  const labels = Uint16Array.from(rows, (row) => (row * 31) % 30);
  const columns = [device, taken];
  const aggregate = (column: string, step: 'value' | 'day' | 'quantiles') => {
    const values = valuesOf({ column, step }, { paths, columns }, n)!;
    const mask = within(
      taken.column.type === 'date' ? taken.column.values : new Float64Array(0),
      { from: 1.5e12, to: 1.52e12 },
      n,
    );
    const over = { labels, k: 30, within: mask };
    const axis = topGroups(values, groupTotals(values, over), 20, 'count');
    return { values, axis, mask, counts: crossCounts(values, axis, over) };
  };
  const times = (['device', 'taken', 'folder'] as const).map((column) => {
    const step = column === 'taken' ? 'day' : 'value';
    const spent = Array.from({ length: 3 }, () => {
      const began = performance.now();
      aggregate(column, step);
      return performance.now() - began;
    });
    return Math.min(...spent);
  });
  console.info(`aggregates of 416,314 x 30: ${times.map((t) => t.toFixed(0)).join(', ')} ms`);
  // 25 to 65 ms on a quiet machine; a busy one is several times slower.
  for (const spent of times) expect(spent).toBeLessThan(1000);

  const { axis, mask, counts } = aggregate('device', 'value');
  const words = axis.values.map((value) => (value.kind === 'text' ? value.text : value.kind));
  const plain = new Map<string, number>();
  for (const row of rows) {
    if (!mask![row]) continue;
    const name = `cam-${(row * 7919) % 46}`;
    const key = `${(row * 31) % 30} ${words.includes(name) ? name : 'others'}`;
    plain.set(key, (plain.get(key) ?? 0) + 1);
  }
  counts.forEach((count, at) =>
    expect(count).toBe(plain.get(`${Math.floor(at / words.length)} ${words[at % words.length]}`) ?? 0),
  );
});
