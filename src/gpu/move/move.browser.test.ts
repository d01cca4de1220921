import { afterAll, beforeAll, expect, it } from 'vitest';
import { clean, openGpu } from '../../../test/gpu.browser';
import { run } from '../../../test/kmeans-gpu.browser';
import { normalRows } from '../../../test/rows';
import { CentreStore } from '../centre-store';
import type { Gpu } from '../device';
import { readBack } from '../readback';
import { FIT_STATES, prepareMove } from './move';
import { moveReference } from './move.cpu';

let gpu: Gpu;
beforeAll(async () => void (gpu = await openGpu()));
afterAll(() => gpu.destroy());

interface Case {
  k: number;
  changed: number;
  /** Rows of each cluster. */
  counts: number[];
  state?: number;
  allowed?: number;
}

/** Every count different, none empty. */
function some(k: number, changed = 1): Case {
  return { k, changed, counts: Array.from({ length: k }, (_, c) => c + 1) };
}

function centresOf(k: number, d: number): Float64Array {
  return Float64Array.from(normalRows(k, d, 3).data);
}

/** Everything of the fits after one move, each read on its own. */
function move(d: number, cases: Case[], shift: number) {
  return clean(gpu, async () => {
    const store = new CentreStore(
      gpu,
      cases.map(({ k }) => k),
      d,
    );
    const sums = normalRows(store.rows, d, 8).data as Float32Array<ArrayBuffer>;
    const allCounts = new Uint32Array(store.rows);
    cases.forEach(({ k, counts }, slot) => {
      store.write(slot, centresOf(k, d));
      allCounts.set(counts, store.sets[slot].first);
    });
    const buffers = {
      states: gpu.upload(
        Uint32Array.from(cases.flatMap(({ state = 0, allowed = 9 }) => [state, 5, 0, allowed])),
        'states',
      ),
      changed: gpu.upload(Uint32Array.from(cases, ({ changed }) => changed), 'changed'), // prettier-ignore
      totals: gpu.upload(sums, 'sums'),
      counts: gpu.upload(allCounts, 'counts'),
      shifts: gpu.storage(store.rows * 4, 'shifts'),
    };
    const { dispatches, scratch } = prepareMove(gpu, store, store.sets, buffers, shift);
    await run(gpu, { chunks: [dispatches], scratch });
    const [states, changed, counts, centres] = await readBack(gpu, [
      { buffer: buffers.states, bytes: cases.length * 16 },
      { buffer: buffers.changed, bytes: cases.length * 4 },
      { buffer: buffers.counts, bytes: store.rows * 4 },
      { buffer: store.buffer, bytes: store.rows * (d + 1) * 4 },
    ]);
    gpu.release(...Object.values(buffers));
    store.release();
    return store.sets.map(({ first, k }, slot) => {
      const [state, iterations, lastChanged] = new Uint32Array(states, slot * 16, 4);
      return {
        state: FIT_STATES[state],
        iterations,
        lastChanged,
        changed: new Uint32Array(changed)[slot],
        counts: [...new Uint32Array(counts, first * 4, k)],
        sums: sums.subarray(first * d, (first + k) * d),
        centres: new Float32Array(centres, first * d * 4, k * d),
        norms: new Float32Array(centres, (store.normsAt + first) * 4, k),
      };
    });
  });
}

const shapes = [1, 3, 63, 64, 65, 257].flatMap((d) => [1, 2, 63, 64, 65, 130].map((k) => ({ d, k })));
it.each(shapes)('moves $k centres in $d dimensions', async ({ d, k }) => {
  const [found] = await move(d, [some(k)], 0);
  const before = centresOf(k, d);
  const reference = moveReference(before, found.sums, some(k).counts, 1, 0);
  const wrong = reference.centres.filter((x, e) => !(Math.abs(found.centres[e] - x) <= 1e-6 * Math.abs(x)));
  expect(wrong).toEqual(new Float64Array(0));
  found.norms.forEach((norm, c) => {
    const squared = reference.centres.slice(c * d, (c + 1) * d).reduce((sum, x) => sum + x * x, 0);
    expect(Math.abs(norm - squared)).toBeLessThanOrEqual(1e-5 * squared);
  });
  expect(found).toMatchObject({ state: 'going', iterations: 6, lastChanged: 1, changed: 0 });
  expect(found.counts).toEqual(new Array(k).fill(0));
});

it('takes d = 4096 and k = 1024', async () => {
  const [found] = await move(4096, [some(1024)], 0);
  const reference = moveReference(centresOf(1024, 4096), found.sums, some(1024).counts, 1, 0);
  let worst = 0;
  reference.centres.forEach((x, e) => {
    worst = Math.max(worst, Math.abs(found.centres[e] - x) / Math.abs(x));
  });
  expect(worst).toBeLessThan(1e-6);
});

it('stops a fit at the tolerance, when no label changed, and after its iterations', async () => {
  const shift = (): number => {
    const centres = centresOf(5, 7);
    const moved = moveReference(centres, normalRows(8, 7, 8).data, some(5).counts, 1, 0).centres;
    return moved.reduce((sum, x, e) => sum + (x - centres[e]) ** 2, 0);
  };
  expect((await move(7, [some(5)], shift() * 1.0001))[0].state).toBe('converged');
  expect((await move(7, [some(5)], shift() * 0.9999))[0].state).toBe('going');
  expect((await move(7, [some(5, 0)], -1))[0].state).toBe('converged');
  expect((await move(7, [{ ...some(5), allowed: 6 }], -1))[0]).toMatchObject({
    state: 'paused',
    iterations: 6,
  });
});

it('leaves a fit with an empty cluster where it is, others move', async () => {
  const empty = { ...some(70, 4), counts: some(70).counts.map((n, c) => (c === 66 ? 0 : n)) };
  const [first, second] = await move(9, [empty, some(3)], 0);
  expect(first).toMatchObject({ state: 'empty', iterations: 5, lastChanged: 4, changed: 4 });
  expect(first.counts).toEqual(empty.counts);
  expect([...first.centres]).toEqual([...centresOf(70, 9)]);
  expect(second).toMatchObject({ state: 'going', iterations: 6 });
});

it('does not touch fits that are not going', async () => {
  const stopped = [1, 2, 3].map((state) => ({ ...some(4), state }));
  const found = await move(5, stopped, 0);
  found.forEach((fit, i) => {
    expect(fit).toMatchObject({ state: FIT_STATES[i + 1], iterations: 5 });
    expect([...fit.centres]).toEqual([...centresOf(4, 5)]);
  });
});

it('ends a fit whose numbers are not numbers', async () => {
  const [found] = await move(3, [{ k: 1, changed: 1, counts: [1] }], NaN);
  expect(found.state).toBe('converged');
});
