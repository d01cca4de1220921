import type { Metric } from '../domain/search';
import type { Gpu } from '../gpu/device';
import type { Chunk } from '../gpu/matrix';
import { queryDistances, releaseQueries, uploadQueries } from '../gpu/nearest/nearest';
import { readBack } from '../gpu/readback';
import { cpuQueryDistances } from './cpu/query-distances';
import { Pace } from './pace';
import { residentSource, type RowSource } from './row-source';
import type { Rows } from './rows';

export type Fraction = (fraction: number) => void;

/** Rows that queries are compared with, where they stay between searches. */
export interface SearchRows {
  readonly engine: 'webgpu' | 'cpu';
  readonly n: number;
  readonly d: number;
  /** q x n, f32, within `errorBound`. Errors: `cancelled`, `device-lost`, `store`. */
  distances(queries: Rows, metric: Metric, signal?: AbortSignal, progress?: Fraction): Promise<Float32Array>;
  /** The rows at these places as they are stored. */
  rows(places: Uint32Array, signal?: AbortSignal): Promise<Rows>;
  close(): void;
}

/** Rows in the GPU's memory, uploaded block by block. Errors: `cancelled`, `device-lost`, `store`. */
export class GpuSearchRows implements SearchRows {
  readonly engine = 'webgpu';

  private constructor(
    private readonly gpu: Gpu,
    readonly n: number,
    readonly d: number,
    private readonly chunks: Chunk[],
  ) {}

  static async upload(
    gpu: Gpu,
    source: RowSource,
    signal?: AbortSignal,
    progress?: Fraction,
  ): Promise<GpuSearchRows> {
    const { n, d } = source;
    const most = Math.max(1, Math.floor(gpu.bindingLimit / (4 * d)));
    const chunks: Chunk[] = [];
    const pace = new Pace(signal);
    try {
      for (let row0 = 0; row0 < n; row0 += most) {
        const rows = Math.min(most, n - row0);
        chunks.push({ row0, n: rows, buffer: gpu.storage(rows * d * 4, 'search rows') });
      }
      for await (const block of source.chunks()) {
        write(gpu, chunks, most, d, block);
        progress?.((block.row0 + block.n) / n);
        await pace.turn();
        gpu.check();
      }
    } catch (error) {
      gpu.release(...chunks.map(({ buffer }) => buffer));
      throw error;
    }
    return new GpuSearchRows(gpu, n, d, chunks);
  }

  async distances(
    queries: Rows,
    metric: Metric,
    signal?: AbortSignal,
    progress?: Fraction,
  ): Promise<Float32Array> {
    const { gpu, n } = this;
    const uploaded = uploadQueries(gpu, queries.data, queries.n, metric);
    const out = new Float32Array(queries.n * n);
    try {
      for (const chunk of this.chunks) {
        const part = await queryDistances(gpu, chunk, uploaded, signal);
        for (let q = 0; q < queries.n; q++)
          out.set(part.subarray(q * chunk.n, (q + 1) * chunk.n), q * n + chunk.row0);
        progress?.((chunk.row0 + chunk.n) / n);
      }
      return out;
    } finally {
      releaseQueries(gpu, uploaded);
    }
  }

  async rows(places: Uint32Array, signal?: AbortSignal): Promise<Rows> {
    const { gpu, d, chunks } = this;
    const bytes = d * 4;
    const data = new Float32Array(places.length * d);
    const gathered = gpu.storage(Math.max(1, places.length) * bytes, 'search candidates');
    try {
      const encoder = gpu.device.createCommandEncoder({ label: 'search candidates' });
      places.forEach((row, i) => {
        const { row0, buffer } = chunks[Math.floor(row / chunks[0].n)];
        encoder.copyBufferToBuffer(buffer, (row - row0) * bytes, gathered, i * bytes, bytes);
      });
      gpu.device.queue.submit([encoder.finish()]);
      const [read] = await readBack(gpu, [{ buffer: gathered, bytes: data.byteLength }], signal);
      data.set(new Float32Array(read));
      return { n: places.length, d, data };
    } finally {
      gpu.release(gathered);
    }
  }

  close(): void {
    this.gpu.release(...this.chunks.map(({ buffer }) => buffer));
    this.chunks.length = 0;
  }
}

/** Copies a block of rows to where it belongs among chunks of `most` rows. */
function write(
  gpu: Gpu,
  chunks: Chunk[],
  most: number,
  d: number,
  block: { row0: number; n: number; data: Float32Array },
): void {
  for (let i = 0; i < block.n;) {
    const chunk = chunks[Math.floor((block.row0 + i) / most)];
    const at = block.row0 + i - chunk.row0;
    const count = Math.min(block.n - i, chunk.n - at);
    gpu.device.queue.writeBuffer(chunk.buffer, at * d * 4, block.data, i * d, count * d);
    i += count;
  }
  gpu.device.queue.submit([]);
}

/** Rows in memory, or, where they are too many, read again from their source for every search. */
export class CpuSearchRows implements SearchRows {
  readonly engine = 'cpu';
  readonly n: number;
  readonly d: number;

  private constructor(
    private readonly source: RowSource,
    private readonly free: () => void,
  ) {
    this.n = source.n;
    this.d = source.d;
  }

  /** Keeps a copy of the rows in memory from `allocate`. */
  static async keep(
    source: RowSource,
    memory: { allocate: (n: number, d: number) => Rows; release: (rows: Rows) => void },
    signal?: AbortSignal,
    progress?: Fraction,
  ): Promise<CpuSearchRows> {
    const { n, d } = source;
    const kept = memory.allocate(n, d);
    const pace = new Pace(signal);
    try {
      for await (const block of source.chunks()) {
        kept.data.set(block.data, block.row0 * d);
        progress?.((block.row0 + block.n) / n);
        await pace.turn();
      }
    } catch (error) {
      memory.release(kept);
      throw error;
    }
    return new CpuSearchRows(new Whole(kept), () => memory.release(kept));
  }

  static streamed(source: RowSource): CpuSearchRows {
    return new CpuSearchRows(source, () => undefined);
  }

  async distances(
    queries: Rows,
    metric: Metric,
    signal?: AbortSignal,
    progress?: Fraction,
  ): Promise<Float32Array> {
    const { n, d } = this;
    const out = new Float32Array(queries.n * n);
    for await (const { row0, n: count, data } of this.source.chunks()) {
      const part = await cpuQueryDistances({ n: count, d, data }, queries, metric, signal);
      for (let q = 0; q < queries.n; q++) out.set(part.subarray(q * count, (q + 1) * count), q * n + row0);
      progress?.((row0 + count) / n);
    }
    return out;
  }

  rows(places: Uint32Array): Promise<Rows> {
    return this.source.rows(places);
  }

  close(): void {
    this.free();
  }
}

/** Rows in memory as one block: all threads share one round. */
class Whole implements RowSource {
  readonly n: number;
  readonly d: number;
  readonly copies = false;
  readonly rows: RowSource['rows'];

  constructor(private readonly kept: Rows) {
    this.n = kept.n;
    this.d = kept.d;
    this.rows = residentSource(kept).rows;
  }

  async *chunks() {
    const { n, data } = this.kept;
    if (n > 0) yield { row0: 0, n, data };
  }
}
