import type { Gpu } from '../device';
import { readBack } from '../readback';
import { submitAll } from '../submit';
import code from './scatter.wgsl?raw';

const SIDE = 64;
/** Numbers of one tile. */
const TILE = SIDE * SIDE;
/** Tiles kept on the GPU at once: 32 MiB. */
const MOST_TILES = 2048;

/**
 * Adds X^T X of n x d rows to `out` (d x d, f64), its upper triangle and the rest of the tiles on the diagonal. f32 within a
 * part of at most 1,024 rows, f64 among the parts. Errors: `cancelled`, `device-lost`.
 * Tolerance: 1e-6 of the product of the two columns' lengths.
 */
export async function addScatter(
  gpu: Gpu,
  { n, d, buffer }: { n: number; d: number; buffer: GPUBuffer },
  out: Float64Array,
  signal?: AbortSignal,
): Promise<void> {
  const corners = upperTiles(d);
  const tiles = corners.length;
  const perPart = rowsPerPart(n);
  const places = tiles * Math.ceil(n / perPart);
  const most = Math.max(1, Math.min(MOST_TILES, Math.floor(gpu.dispatchWork / (TILE * perPart))));
  const room = Math.min(places, MOST_TILES);
  const buffers = {
    corners: gpu.upload(Uint32Array.from(corners.flat()), 'tiles'),
    sums: gpu.storage(room * TILE * 4, 'scatter'),
  };
  const params: GPUBuffer[] = [];
  const pipeline = gpu.pipeline(code, 'scatter');
  try {
    for (let from = 0; from < places; from += room) {
      const count = Math.min(room, places - from);
      const commands = [];
      for (let at = 0; at < count; at += most) {
        const uniform = gpu.uniform([d, n, perPart, tiles, from + at], 'scatter params');
        params.push(uniform);
        commands.push(record(at, Math.min(most, count - at), uniform));
      }
      await submitAll(gpu, commands, signal);
      const [sums] = await readBack(gpu, [{ buffer: buffers.sums, bytes: count * TILE * 4 }], signal);
      for (let place = 0; place < count; place++) {
        const tile = new Float32Array(sums, place * TILE * 4, TILE);
        addTile(tile, corners[(from + place) % tiles], d, out);
      }
    }
  } finally {
    gpu.release(...Object.values(buffers), ...params);
  }

  /** Places `at` .. `at + count - 1` of `sums`. */
  function record(at: number, count: number, uniform: GPUBuffer): GPUCommandBuffer {
    const encoder = gpu.device.createCommandEncoder({ label: 'scatter' });
    const pass = encoder.beginComputePass({ label: 'scatter' });
    pass.setPipeline(pipeline);
    pass.setBindGroup(
      0,
      gpu.device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: [
          { binding: 0, resource: { buffer: uniform } },
          { binding: 1, resource: { buffer } },
          { binding: 2, resource: { buffer: buffers.corners } },
          { binding: 3, resource: { buffer: buffers.sums, offset: at * TILE * 4, size: count * TILE * 4 } },
        ],
      }),
    );
    pass.dispatchWorkgroups(count);
    pass.end();
    return encoder.finish();
  }
}

/** Few enough that f32 sums stay exact, many enough that little is read back. */
function rowsPerPart(n: number): number {
  return Math.max(64, Math.min(1024, Math.ceil(n / 8)));
}

function upperTiles(d: number): [number, number][] {
  const tiles: [number, number][] = [];
  for (let p = 0; p < d; p += SIDE) for (let q = p; q < d; q += SIDE) tiles.push([p, q]);
  return tiles;
}

function addTile(tile: Float32Array, [p0, q0]: [number, number], d: number, out: Float64Array): void {
  const height = Math.min(SIDE, d - p0);
  const width = Math.min(SIDE, d - q0);
  for (let p = 0; p < height; p++) {
    const to = (p0 + p) * d + q0;
    for (let q = 0; q < width; q++) out[to + q] += tile[p * SIDE + q];
  }
}
