import { expect, it, vi } from 'vitest';
import { keyOf, MeanStore } from './mean-store';

const image = (of: number) => ({ rgba: new Uint8ClampedArray(4), of });
const never = new AbortController().signal;

it('makes each picture once, also when it is asked for twice before it is there', async () => {
  const load = vi.fn(async (rows: Uint32Array) => image(rows.length));
  const store = new MeanStore(load);
  const rows = Uint32Array.of(3, 5);
  expect(store.known(rows)).toBeNull();
  const both = await Promise.all([store.get(rows, never), store.get(rows.slice(), never)]);
  expect(both[0]).toBe(both[1]);
  expect(store.known(Uint32Array.of(3, 5))).toBe(both[0]);
  expect(load).toHaveBeenCalledTimes(1);
});

it('lets go of those not used for longest', async () => {
  const store = new MeanStore(async (rows) => image(rows.length), 2);
  const [a, b, c] = [1, 2, 3].map((row) => Uint32Array.of(row));
  await store.get(a, never);
  await store.get(b, never);
  await store.get(a, never);
  await store.get(c, never);
  expect(store.known(b)).toBeNull();
  expect(store.known(a)).not.toBeNull();
});

it('begins nothing that nobody waits for', async () => {
  const load = vi.fn(async () => image(1));
  const store = new MeanStore(load);
  const gone = new AbortController();
  const first = store.get(Uint32Array.of(1), never);
  const second = store.get(Uint32Array.of(2), gone.signal);
  gone.abort();
  await first;
  await expect(second).rejects.toThrow();
  expect(load).toHaveBeenCalledTimes(1);
});

it('goes on after one that failed', async () => {
  const load = vi.fn(async () => image(1)).mockRejectedValueOnce(new Error('no'));
  const store = new MeanStore(load);
  await expect(store.get(Uint32Array.of(1), never)).rejects.toThrow('no');
  await expect(store.get(Uint32Array.of(1), never)).resolves.toEqual(image(1));
});

it('tells rows apart by number, value and order', () => {
  const keys = new Set(
    [[], [0], [0, 0], [1], [1, 2], [2, 1], [65_536], [416_313, 0]].map((rows) =>
      keyOf(Uint32Array.from(rows)),
    ),
  );
  expect(keys.size).toBe(8);
});
