import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Lab } from './lab';
import type { Cell, Result } from './report';

/** Goal for everything a visitor loads before the first drop; the network and its runtime are not part of it. */
const GOAL_KB = 250;
const MODEL_OR_RUNTIME = /\.onnx$|\.wasm$/;

interface Loaded {
  path: string;
  raw: number;
  gzip: number;
  brotli: number;
}

/** Opens the built site for the first time, waits until it is quiet, and compresses every file that it asked for. */
export async function benchFirstPaint(lab: Lab): Promise<Result> {
  const app = await lab.app();
  const bodies = new Map<string, Promise<Buffer>>();
  const page = await lab.context.newPage();
  page.on('response', (response) => {
    if (response.ok() && response.url().startsWith(app)) bodies.set(response.url(), response.body());
  });
  await page.goto(app, { waitUntil: 'networkidle' });
  const files = await Promise.all(
    [...bodies].map(async ([url, body]) => compressed(new URL(url).pathname, await body)),
  );
  await page.close();

  const counted = files.filter(({ path }) => !MODEL_OR_RUNTIME.test(path));
  const row = ({ path, raw, gzip, brotli }: Loaded): Cell[] => [path, kB(raw), kB(gzip), kB(brotli)];
  const sum = (key: 'raw' | 'gzip' | 'brotli') => counted.reduce((total, file) => total + file[key], 0);
  const total = { path: 'all', raw: sum('raw'), gzip: sum('gzip'), brotli: sum('brotli') };
  return {
    name: 'first-paint',
    tables: [
      {
        title: `Before the first drop, kB (goal: under ${GOAL_KB} kB compressed)`,
        columns: ['file', 'raw', 'gzip', 'brotli'],
        rows: [...counted.sort((a, b) => b.gzip - a.gzip), total].map(row),
      },
    ],
  };
}

function compressed(path: string, body: Buffer): Loaded {
  const brotli = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  return { path, raw: body.length, gzip: gzipSync(body, { level: 9 }).length, brotli: brotli.length };
}

function kB(bytes: number): number {
  return Number((bytes / 1000).toFixed(1));
}
