import { expect, it } from 'vitest';
import { Random } from './random';

it('gives the same numbers for the same seed, for ever', () => {
  const random = new Random(1);
  expect([random.uint32(), random.uint32(), random.uint32()]).toEqual([393288148, 2174103013, 3814759091]);
});

it('gives other numbers for another seed or stream', () => {
  const firsts = [new Random(1), new Random(2), new Random(1, 1), new Random(2, 1)].map((r) => r.uint32());
  expect(new Set(firsts).size).toBe(4);
});

it('is uniform in [0, 1) and normal with unit variance', () => {
  const random = new Random(7);
  const bins = new Uint32Array(10);
  let squared = 0;
  for (let i = 0; i < 20_000; i++) {
    bins[Math.floor(random.float() * 10)]++;
    squared += random.normal() ** 2;
  }
  for (const count of bins) expect(Math.abs(count - 2000)).toBeLessThan(200);
  expect(Math.abs(squared / 20_000 - 1)).toBeLessThan(0.05);
});

it('samples different rows in rising order, each equally often', () => {
  const random = new Random(3);
  const times = new Uint32Array(12);
  for (let i = 0; i < 6000; i++) {
    const rows = random.sample(12, 4);
    expect(rows.length).toBe(4);
    for (let j = 1; j < 4; j++) expect(rows[j]).toBeGreaterThan(rows[j - 1]);
    for (const row of rows) times[row]++;
  }
  for (const count of times) expect(Math.abs(count - 2000)).toBeLessThan(200);
  expect([...random.sample(3, 5)]).toEqual([0, 1, 2]);
});
