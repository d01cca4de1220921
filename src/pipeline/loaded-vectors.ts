import {
  learn,
  preparedSource,
  preparedWidth,
  prepareRows,
  type PreparedRows,
  type PreparedSource,
  type PrepareOptions,
  type Vectors,
} from '../analysis/prepare';
import type { Products } from '../analysis/products';
import type { OffsetRows } from '../analysis/measure-clusters';
import { residentSource, shiftedSource, type RowSource } from '../analysis/row-source';
import type { Rows } from '../analysis/rows';
import type { Preparation } from '../domain/model';
import { vectorSource, type RowMemory, type VectorSource } from './vector-source';

/** Bytes up to which the vectors as they are stay in memory beside a preparation of them. */
const SMALL_BYTES = 256 * 2 ** 20;
/** The largest matrix that is held: WebAssembly addresses 4 GiB, and work on the rows needs some of it. */
const MOST_BYTES = 3 * 2 ** 30;
const AS_THEY_ARE: PrepareOptions = { scaling: 'none', pca: null };

/** Where matrices lie and what multiplies them. */
export interface Memory extends RowMemory {
  products(): Promise<Products>;
  /** Bytes of the largest matrix that may be asked for. */
  most?: number;
}

/**
 * The vectors of one descriptor, as they are or prepared, read from the store when they are asked for. A large matrix is
 * in memory once: asking for another preparation lets go of the one before, so one job at a time may hold one.
 */
export class LoadedVectors implements Vectors {
  readonly n: number;
  readonly d: number;
  /** Rows of the project, those without a vector among them. */
  readonly total: number;
  /** The rows that have a vector, rising; null: all. */
  readonly present: Uint32Array | null;
  /** Of a small matrix: never let go of, other readers may be at it. */
  #base: Promise<PreparedRows> | null = null;
  /** `key` is null where the preparation was given: two of those are not compared. */
  #other: { key: string | null; prepared: PreparedRows } | null = null;
  #learned: { key: string; preparation: Preparation } | null = null;

  private constructor(
    readonly specKey: string,
    private readonly stored: VectorSource,
    private readonly memory: Memory,
  ) {
    this.n = stored.n;
    this.d = stored.d;
    this.total = stored.total;
    this.present = stored.present;
  }

  static async open(projectId: string, specKey: string, memory: Memory): Promise<LoadedVectors> {
    return new LoadedVectors(specKey, await vectorSource(projectId, specKey, memory), memory);
  }

  /** Errors: `cancelled`, `store`, `memory`. */
  async prepared(
    how: PrepareOptions | Preparation,
    signal?: AbortSignal,
    progress?: (fraction: number) => void,
  ): Promise<PreparedRows> {
    const given = 'scaler' in how;
    const scaling = given ? how.scaler.scaling : how.scaling;
    if (scaling === 'none' && how.pca === null && this.#isSmall) return this.#resident();
    const key = given ? null : keyOf(how);
    if (key !== null && this.#other?.key === key) return this.#other.prepared;
    this.#letGo();
    const known = this.#learned?.key === key ? this.#learned!.preparation : how;
    const prepared = await this.#prepare(known, signal, progress);
    this.#other = { key, prepared };
    return prepared;
  }

  /** Errors: `cancelled`, `store`. */
  async streamed(options: PrepareOptions, signal?: AbortSignal): Promise<PreparedSource | null> {
    if (this.#isSmall) return null;
    const products = await this.memory.products();
    const preparation = await learn(this.stored, options, { products, signal });
    this.#learned = { key: keyOf(options), preparation };
    if (this.n * preparedWidth(preparation) * 4 <= this.#most) return null;
    this.#letGo();
    return { source: preparedSource(this.stored, preparation, products, signal), preparation };
  }

  /** The vectors block by block: from memory where they are small (less their means), from the store otherwise. */
  async reader(): Promise<RowSource> {
    return this.#isSmall ? residentSource((await this.#resident()).rows) : this.stored;
  }

  /** The vectors as they are in the store, block by block. */
  get asStored(): RowSource {
    return this.stored;
  }

  /**
   * The rows in a preparation, block by block, beside whatever job runs: from memory where they are small, from the store
   * otherwise. Errors: `cancelled`, `store`.
   */
  async blocks(how: PrepareOptions | Preparation, signal?: AbortSignal): Promise<OffsetRows> {
    const preparation =
      'scaler' in how
        ? how
        : await learn(this.stored, how, { products: await this.memory.products(), signal });
    const width = preparedWidth(preparation);
    const plain = preparation.scaler.scaling === 'none' && preparation.pca === null;
    if (!this.#isSmall) {
      const products = await this.memory.products();
      return {
        source: preparedSource(this.stored, preparation, products, signal),
        offset: new Float64Array(width),
      };
    }
    const { rows, mean } = await this.#resident();
    const resident = residentSource(rows);
    if (plain) return { source: resident, offset: mean };
    const whole = shiftedSource(resident, mean);
    const products = await this.memory.products();
    return { source: preparedSource(whole, preparation, products, signal), offset: new Float64Array(width) };
  }

  async close(): Promise<void> {
    this.#letGo();
    const base = await this.#base?.catch(() => null);
    this.#base = null;
    if (base) this.memory.release(base.rows);
  }

  get #isSmall(): boolean {
    return this.n * this.d * 4 <= Math.min(SMALL_BYTES, this.#most);
  }

  get #most(): number {
    return this.memory.most ?? MOST_BYTES;
  }

  #resident(): Promise<PreparedRows> {
    this.#base ??= this.#prepare(AS_THEY_ARE).catch((error: unknown) => {
      this.#base = null;
      throw error;
    });
    return this.#base;
  }

  async #prepare(
    how: PrepareOptions | Preparation,
    signal?: AbortSignal,
    progress?: (fraction: number) => void,
  ): Promise<PreparedRows> {
    const made: Rows[] = [];
    const allocate = (n: number, d: number): Rows => {
      const rows = this.memory.allocate(n, d);
      made.push(rows);
      return rows;
    };
    try {
      const products = await this.memory.products();
      return await prepareRows(this.stored, how, { products, allocate, signal, progress });
    } catch (error) {
      for (const rows of made) this.memory.release(rows);
      throw error;
    }
  }

  #letGo(): void {
    if (this.#other) this.memory.release(this.#other.prepared.rows);
    this.#other = null;
  }
}

const keyOf = ({ scaling, pca }: PrepareOptions): string => `${scaling}|${pca ?? 'all'}`;
