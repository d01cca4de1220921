import { CpuEngine } from './cpu/engine';
import type { KMeansEngine } from './engine';
import type { Rows } from './rows';

export interface EngineInfo {
  engine: 'webgpu' | 'cpu';
  adapter: string;
}

/** Owns the engine of the running job. */
export class EngineHost {
  #engine: KMeansEngine | null = null;

  /** Makes an engine for these rows; the one before is released. */
  async use(rows: Rows, _choice: 'auto' | 'webgpu' | 'cpu'): Promise<void> {
    this.release();
    this.#engine = new CpuEngine(rows);
  }

  async describe(): Promise<EngineInfo> {
    return { engine: 'cpu', adapter: 'CPU' };
  }

  get inUse(): EngineInfo {
    return { engine: 'cpu', adapter: 'CPU' };
  }

  async run<T>(work: (engine: KMeansEngine) => Promise<T>): Promise<T> {
    return work(this.#engine!);
  }

  release(): void {
    this.#engine?.close();
    this.#engine = null;
  }
}
