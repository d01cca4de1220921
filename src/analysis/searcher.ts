import { TesseraError } from '../domain/errors';
import type { AnalysisProgress } from '../domain/progress';
import type { SearchOptions } from '../domain/search';
import type { Gpu } from '../gpu/device';
import type { EngineChoice } from './engine-host';
import { ProgressMeter } from './progress';
import type { RowSource } from './row-source';
import type { Rows } from './rows';
import { meanQuery, search, type Found } from './search';
import { CpuSearchRows, GpuSearchRows, type SearchRows } from './search-rows';

/** Bytes of rows that stay for the next search: on a GPU, on one that the CPU plays, in this thread's memory. */
const MOST_BYTES = { hardware: 2 ** 31, software: 2 ** 28, memory: 2 ** 29 };

export interface SearchMemory {
  allocate: (n: number, d: number) => Rows;
  release: (rows: Rows) => void;
  /** The device where this choice computes on one, else null. It stays whose it is. */
  gpu: (choice: EngineChoice) => Promise<Gpu | null>;
}

export type RankedRows = Found & { engine: 'webgpu' | 'cpu' };

/** Searches the rows of one source, one search after the other, and keeps the rows for the next one until closed. */
export class Searcher {
  #kept: { choice: EngineChoice; rows: SearchRows } | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #gpuLost = false;

  constructor(
    private readonly source: RowSource,
    private readonly memory: SearchMemory,
  ) {}

  /**
   * The rows nearest to `queries` (a matrix), or to the mean of rows (their numbers), which are not found themselves. Errors:
   * those of `search`. A lost device is no error: the CPU goes on.
   */
  search(
    query: Rows | Uint32Array,
    options: SearchOptions,
    report: (progress: AnalysisProgress) => void,
    signal?: AbortSignal,
  ): Promise<RankedRows[]> {
    const turn = this.#last.then(() => this.#search(query, options, report, signal));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Lets go of the rows once the searches asked for so far are over. */
  close(): Promise<void> {
    const turn = this.#last.then(() => this.#letGo());
    this.#last = turn;
    return turn;
  }

  async #search(
    query: Rows | Uint32Array,
    options: SearchOptions,
    report: (progress: AnalysisProgress) => void,
    signal?: AbortSignal,
  ): Promise<RankedRows[]> {
    // Asked about once, so that a source without such rows says so before all others are read.
    const queries = query instanceof Uint32Array ? meanQuery(await this.source.rows(query)) : query;
    const without = query instanceof Uint32Array ? query : new Uint32Array(0);
    const { metric, from, count, within } = options;
    const meter = new ProgressMeter([{ stage: 'load', work: 1 }], report);
    try {
      const rows = await this.#rows(options.engine, meter, signal);
      const found = await search(
        rows,
        queries,
        { metric, from, count, within, without },
        signal,
        (fraction) => meter.at('load', fraction),
      );
      return found.map((one) => ({ ...one, engine: rows.engine }));
    } catch (error) {
      if (!(error instanceof TesseraError) || error.code !== 'device-lost') throw error;
      this.#gpuLost = true;
      this.#letGo();
      return this.#search(query, options, report, signal);
    }
  }

  async #rows(choice: EngineChoice, meter: ProgressMeter, signal?: AbortSignal): Promise<SearchRows> {
    if (this.#kept?.choice === choice) return this.#kept.rows;
    this.#letGo();
    const { n, d } = this.source;
    const bytes = n * d * 4;
    const progress = (fraction: number): void => meter.at('load', fraction);
    const gpu = this.#gpuLost || n === 0 ? null : await this.memory.gpu(choice);
    let rows: SearchRows;
    if (gpu && bytes <= (gpu.adapter.software ? MOST_BYTES.software : MOST_BYTES.hardware))
      rows = await GpuSearchRows.upload(gpu, this.source, signal, progress);
    else if (n > 0 && bytes <= MOST_BYTES.memory)
      rows = await CpuSearchRows.keep(this.source, this.memory, signal, progress);
    else rows = CpuSearchRows.streamed(this.source);
    this.#kept = { choice, rows };
    return rows;
  }

  #letGo(): void {
    this.#kept?.rows.close();
    this.#kept = null;
  }
}
