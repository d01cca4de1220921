import { TesseraError } from '../domain/errors';
import { findAdapter, Gpu, type MemoryPeak } from '../gpu/device';
import { CpuProducts } from './cpu/cpu-products';
import { CpuEngine } from './cpu/engine';
import type { KMeansEngine } from './engine';
import { fasterEngine } from './engine-trial';
import { GpuEngine } from './gpu-engine';
import { GpuProducts } from './gpu-products';
import type { Products } from './products';
import type { Rows } from './rows';

export type EngineChoice = 'auto' | 'webgpu' | 'cpu';

export interface EngineInfo {
  engine: 'webgpu' | 'cpu';
  adapter: string;
}

/** What became of a device that was lost: rebuilt, or given up for the CPU. */
export type EngineNotice = 'device-lost' | 'fallback-cpu';

/** Losses in a row after which the GPU is given up for this session. */
const MOST_LOSSES = 3;

/**
 * Decides where the arithmetic runs and keeps the engine of the running job. A hardware adapter is used; a software one has
 * to beat the CPU path in a short trial; without any, the CPU. When the device is lost the engine is rebuilt and the piece
 * of work that failed is run again from its beginning; after three losses in a row the job goes on with the CPU.
 */
export class EngineHost {
  #gpu: Gpu | null = null;
  #engine: KMeansEngine | null = null;
  #rows: Rows | null = null;
  #choice: EngineChoice = 'auto';
  #losses = 0;
  #auto: Promise<'webgpu' | 'cpu'> | null = null;

  #half = false;

  constructor(private readonly openGpu: () => Promise<Gpu | null> = () => Gpu.open()) {}

  /** What `auto` takes here, and on which adapter. */
  async describe(): Promise<EngineInfo> {
    if ((await this.#decide('auto')) === 'cpu') return { engine: 'cpu', adapter: 'CPU' };
    return { engine: 'webgpu', adapter: (await findAdapter())?.info.name ?? '' };
  }

  /** The device where this choice computes on one, else null; it stays the host's. */
  async gpu(choice: EngineChoice): Promise<Gpu | null> {
    return (await this.#decide(choice)) === 'webgpu' ? this.#device() : null;
  }

  /** Products where this choice computes; on the CPU once the device is lost. */
  async products(choice: EngineChoice = 'auto'): Promise<Products> {
    const onCpu = new CpuProducts();
    const gpu = await this.gpu(choice);
    if (!gpu) return onCpu;
    const onGpu = new GpuProducts(gpu);
    return {
      scatter: (...asked) => onGpu.scatter(...asked).catch(unlessLost(() => onCpu.scatter(...asked))),
      project: (...asked) => onGpu.project(...asked).catch(unlessLost(() => onCpu.project(...asked))),
    };
  }

  /**
   * Makes an engine for these rows; the one before is released. `half`: on the GPU the rows are kept in 16 bits too, where a
   * sample shows that no label changes. Errors: `backend-missing` when WebGPU is asked for.
   */
  async use(rows: Rows, choice: EngineChoice, half = false): Promise<void> {
    this.release();
    this.#rows = rows;
    this.#choice = choice;
    this.#half = half;
    this.#engine = await this.#build();
  }

  get inUse(): EngineInfo {
    return { engine: this.#current.kind, adapter: this.#current.adapter };
  }

  /** The most memory the GPU has held since `use`, and for what; null on the CPU. */
  get gpuPeak(): MemoryPeak | null {
    return this.#engine?.kind === 'webgpu' ? (this.#gpu?.peak ?? null) : null;
  }

  /** Runs a piece of work that can be repeated. Errors: whatever it throws, except a lost device. */
  async run<T>(
    work: (engine: KMeansEngine) => Promise<T>,
    notify?: (notice: EngineNotice) => void,
  ): Promise<T> {
    for (;;) {
      try {
        const result = await work(this.#current);
        this.#losses = 0;
        return result;
      } catch (error) {
        if (!(error instanceof TesseraError) || error.code !== 'device-lost') throw error;
        this.#losses++;
        notify?.(this.#losses < MOST_LOSSES ? 'device-lost' : 'fallback-cpu');
        this.#closeGpu();
        this.#engine = await this.#build();
      }
    }
  }

  /** Lets go of the engine's memory; the device is kept for the next job. */
  release(): void {
    this.#engine?.close();
    this.#engine = null;
    this.#rows = null;
  }

  /** Lets go of the device too. */
  close(): void {
    this.release();
    this.#closeGpu();
  }

  get #current(): KMeansEngine {
    if (!this.#engine) throw new TesseraError('internal', 'No engine: call use() with the rows first.');
    return this.#engine;
  }

  async #build(): Promise<KMeansEngine> {
    const rows = this.#rows!;
    if ((await this.#decide(this.#choice)) === 'cpu') return new CpuEngine(rows);
    const gpu = await this.#device();
    if (gpu) {
      gpu.resetPeak();
      const engine = new GpuEngine(gpu, rows);
      if (this.#half) await engine.storeHalf();
      return engine;
    }
    if (this.#choice === 'webgpu' && this.#losses === 0)
      throw new TesseraError(
        'backend-missing',
        'WebGPU was asked for, but this browser offers no adapter: choose "auto".',
      );
    return new CpuEngine(rows);
  }

  async #decide(choice: EngineChoice): Promise<'webgpu' | 'cpu'> {
    if (this.#losses >= MOST_LOSSES) return 'cpu';
    if (choice !== 'auto') return choice;
    this.#auto ??= this.#measure();
    return this.#auto;
  }

  async #measure(): Promise<'webgpu' | 'cpu'> {
    const gpu = await this.#device();
    if (!gpu) return 'cpu';
    if (!gpu.adapter.software) return 'webgpu';
    try {
      const faster = await fasterEngine(gpu);
      if (faster === 'cpu') this.#closeGpu();
      return faster;
    } catch {
      return 'cpu';
    }
  }

  async #device(): Promise<Gpu | null> {
    if (this.#gpu?.lost) this.#closeGpu();
    this.#gpu ??= await this.openGpu();
    return this.#gpu;
  }

  #closeGpu(): void {
    this.#gpu?.destroy();
    this.#gpu = null;
  }
}

function unlessLost<T>(instead: () => Promise<T>): (error: unknown) => Promise<T> {
  return (error) => {
    if (error instanceof TesseraError && error.code === 'device-lost') return instead();
    throw error;
  };
}
