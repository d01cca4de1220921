import type { Lab } from './lab';
import type { Ceilings } from './pages/roofline';
import { round, type Cell, type Result } from './report';

const D = 512;
/** The whole sweep: k = 5 to 30, four starts each, over one reading of the rows. */
const SWEEP = Array.from({ length: 26 }, (_, i) => i + 5).flatMap((k) => [k, k, k, k]);
const HARDWARE = {
  d: D,
  sizes: [20_000, 65_536, 200_000, 416_314],
  sweeps: [65_536, 416_314],
  iterations: 24,
};
/** Just enough to see that it runs. */
const SOFTWARE = { d: 64, sizes: [500, 2000], sweeps: [500], iterations: 3 };

/**
 * k-means iterations in WGSL beside what the same device can do at most: the time that one reading of the rows takes at the
 * rate of a copy, or the multiply-adds at the rate of a kernel with nothing else, whichever is longer.
 */
export async function benchRoofline(lab: Lab): Promise<Result> {
  const page = await lab.open('roofline');
  const ceilings = await page.evaluate(() => window.ceilings());
  const { d, sizes, sweeps, iterations } = ceilings.emulated ? SOFTWARE : HARDWARE;
  const problems = [
    ...sizes.flatMap((n) => [16, 30].map((k) => ({ n, name: `k = ${k}`, ks: [k] }))),
    ...sweeps.map((n) => ({ n, name: 'k = 5 to 30, 4 starts each', ks: SWEEP })),
  ];
  const rows: Cell[][] = [];
  for (const { n, name, ks, half } of problems.flatMap((p) => [
    { ...p, half: false },
    { ...p, half: true },
  ])) {
    const task = { n, d, ks, iterations, half };
    const { seconds, memory } = await page.evaluate((t) => window.iterate(t), task);
    const floor = floorOf(ceilings, n, d, ks);
    rows.push([
      n,
      name,
      half ? '16 bits' : 'f32',
      round(seconds * 1000),
      round(floor.seconds * 1000),
      floor.by,
      round((100 * floor.seconds) / seconds),
      Math.round(memory / 2 ** 20),
    ]);
  }
  await page.close();
  const note = ceilings.emulated ? ' EMULATED on the CPU: a self-check, says nothing about any GPU.' : '';
  return {
    name: 'roofline',
    tables: [
      {
        title: `What the device can do.${note}`,
        columns: ['copy, GB/s read and written', 'f32 multiply-adds, TFLOP/s'],
        rows: [[round(ceilings.copy / 1e9), round(ceilings.multiplyAdd / 1e12)]],
      },
      {
        title: `One iteration of k-means, d = ${d}, answer included; the limit is that of f32 rows.${note}`,
        columns: [
          'rows',
          'fits',
          'ms',
          'ms at least',
          'limited by',
          'per cent of the limit',
          'MiB on the GPU',
        ],
        rows,
      },
    ],
  };
}

/** Every row has to be read once and multiplied with every centre. */
function floorOf({ copy, multiplyAdd }: Ceilings, n: number, d: number, ks: number[]) {
  const reading = (n * d * 4) / copy;
  const computing = (2 * n * d * ks.reduce((sum, k) => sum + k, 0)) / multiplyAdd;
  return { seconds: Math.max(reading, computing), by: reading > computing ? 'reading' : 'multiply-adds' };
}
