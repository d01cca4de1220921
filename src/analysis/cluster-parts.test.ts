import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blobs, normalRows, vectorsOf } from '../../test/rows';
import { DEFAULT_SWEEP, type SweepOptions } from '../domain/clustering';
import type { Hierarchy, Parts } from '../domain/hierarchy';
import { agreement } from './agreement';
import { EngineHost } from './engine-host';
import { byPart } from './hierarchy';
import { gather } from './group-plain';
import type { Rows } from './rows';
import { sweep } from './sweep';

const OPTIONS: SweepOptions = { ...DEFAULT_SWEEP, engine: 'cpu', kMin: 2, kMax: 6, nInit: 2 };

function job(rows: Rows, signal?: AbortSignal) {
  const report = () => undefined;
  return { vectors: vectorsOf(rows), specKey: 'key', host: new EngineHost(), signal, report };
}

function run(rows: Rows, of: number[], options: Partial<SweepOptions> = {}, signal?: AbortSignal) {
  const names = Array.from({ length: Math.max(0, ...of) + 1 }, (_, i) => `part ${i}`);
  const parts: Parts = { column: 'folder', names, of: Uint32Array.from(of) };
  return byPart(job(rows, signal), parts, { ...OPTIONS, ...options });
}

const rowsOf = ({ order }: Hierarchy, { first, size }: Hierarchy['nodes'][number]) =>
  order.slice(first, first + size);

describe('parts clustered one by one', () => {
  it('get what a sweep of the part alone finds', async () => {
    const rows = blobs(360, 5, 12, 8);
    const of = Array.from({ length: 360 }, (_, i) => ((i % 12) + (i % 5 === 0 ? 1 : 0) > 5 ? 1 : 0));
    const tree = await run({ ...rows, data: rows.data.slice() }, of);
    expect(tree).toMatchObject({
      by: { column: 'folder' },
      branching: null,
      depth: 2,
      n: 360,
      engine: 'cpu',
    });
    for (const part of tree.nodes.slice(1, 1 + tree.nodes[0].children)) {
      const members = rowsOf(tree, part);
      expect(new Set([...members].map((row) => `part ${of[row]}`))).toEqual(new Set([part.name]));
      const alone = await sweep(
        vectorsOf(gather(rows, members)),
        'key',
        OPTIONS,
        new EngineHost(),
        undefined,
        () => undefined,
      );
      const best = alone.clusterings.find(({ k }) => k === alone.choice.k)!;
      const children = tree.nodes.slice(part.firstChild, part.firstChild + part.children);
      expect(children.map(({ size }) => size)).toEqual([...best.sizes]);
      expect(part.silhouette).toBeCloseTo(best.silhouette, 6);
      expect(children.reduce((sum, { inertia }) => sum + inertia, 0)).toBeCloseTo(best.inertia, 3);
      // Clusters of equal size may change places, as may restarts of equal inertia.
      const own = members.map((row) => children.findIndex((child) => rowsOf(tree, child).includes(row)));
      expect(agreement(own, best.labels).ari).toBe(1);
    }
  });

  it('take the number asked for when the range is one number', async () => {
    const of = Array.from({ length: 100 }, (_, i) => i % 2);
    const tree = await run(normalRows(100, 3), of, { kMin: 4, kMax: 4 });
    expect(tree.nodes.slice(1, 3).map(({ children, silhouette }) => [children, silhouette])).toEqual([
      [4, undefined],
      [4, undefined],
    ]);
  });

  it('of one or two images, or of equal ones, are one cluster', async () => {
    const rows = normalRows(40, 3);
    rows.data.fill(1, 30 * 3);
    const of = Array.from({ length: 40 }, (_, i) => (i === 0 ? 3 : i < 3 ? 0 : i < 30 ? 1 : 2));
    const { nodes } = await run(rows, of);
    expect(nodes.slice(1, 5).map(({ name, size }) => [name, size])).toEqual([
      ['part 1', 27],
      ['part 2', 10],
      ['part 0', 2],
      ['part 3', 1],
    ]);
    expect(nodes[1].children).toBeGreaterThan(1);
    for (const { id, children, firstChild, size, inertia } of nodes.slice(2, 5)) {
      expect(children).toBe(1);
      expect(nodes[firstChild]).toMatchObject({ id: `${id}-0`, size, inertia, depth: 2 });
    }
  });

  it('without rows are left out; one part alone is a sweep', async () => {
    const parts = { column: 'split', names: ['a', 'none', 'b'], of: Uint32Array.of(0, 2, 2, 0) };
    const { nodes } = await byPart(job(normalRows(4, 2)), parts, OPTIONS);
    expect(nodes.filter(({ depth }) => depth === 1).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('partition the rows, whatever the parts', async () => {
    const shapes = fc.record({
      of: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 40 }),
      kMin: fc.integer({ min: 1, max: 4 }),
      more: fc.integer({ min: 0, max: 3 }),
      seed: fc.nat(99),
    });
    await fc.assert(
      fc.asyncProperty(shapes, async ({ of, kMin, more, seed }) => {
        const { data } = normalRows(of.length, 2, seed);
        const rows = { n: of.length, d: 2, data: data.map((x) => Math.round(x * 2)) };
        const tree = await run(rows, of, { kMin, kMax: kMin + more, seed });
        expect([...tree.order].sort((a, b) => a - b)).toEqual(of.map((_, i) => i));
        for (const part of tree.nodes.slice(1, 1 + tree.nodes[0].children)) {
          expect([...rowsOf(tree, part)].every((row) => `part ${of[row]}` === part.name)).toBe(true);
          const children = tree.nodes.slice(part.firstChild, part.firstChild + part.children);
          expect(children.length).toBeGreaterThan(0);
          expect(children.length).toBeLessThanOrEqual(Math.max(kMin + more, 1));
          expect(children.reduce((sum, { size }) => sum + size, 0)).toBe(part.size);
          expect(children[0].first).toBe(part.first);
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('need images, a value for each of them, and end when cancelled', async () => {
    await expect(run({ n: 0, d: 2, data: new Float32Array(0) }, [])).rejects.toMatchObject({
      code: 'too-few-images',
    });
    await expect(run(normalRows(5, 2), [0, 1])).rejects.toMatchObject({ code: 'internal' });
    const stop = new AbortController();
    stop.abort();
    await expect(run(normalRows(5, 2), [0, 0, 0, 0, 0], {}, stop.signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
