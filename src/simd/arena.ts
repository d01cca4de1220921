import { TesseraError } from '../domain/errors';
import { CONTROL_BYTES } from './control';
import { instantiate, kernelModule, type Kernels } from './module';
import { Spans } from './spans';

const PAGE = 65_536;
/** All that 32 bits address, less one page, so that an end never wraps to 0. */
const MOST_PAGES = 65_535;
/** Where the browser does not promise a shared memory as large as it may ever get: this much more than at first. */
const MODEST_PAGES = 8192;

/**
 * One WebAssembly memory and what lies in it. It grows when it must; views of a shared memory stay valid then, those of
 * another do not, so one whose rows are looked at from outside is `fixed`: it is made with all it will ever need.
 * Addresses are multiples of 64.
 */
export class Arena {
  readonly memory: WebAssembly.Memory;
  readonly module: WebAssembly.Module;
  readonly kernels: Kernels;
  readonly #spans: Spans;
  #pages: number;

  /** Throws `backend-missing` without WebAssembly SIMD and `memory` beyond 4 GiB or what the browser grants. */
  constructor(
    bytes: number,
    readonly isShared: boolean,
    private readonly fixed = false,
  ) {
    this.module = kernelModule(isShared);
    this.#pages = Math.ceil((bytes + CONTROL_BYTES) / PAGE);
    this.memory = makeMemory(this.#pages, isShared);
    this.kernels = instantiate(this.module, this.memory);
    this.#spans = new Spans(CONTROL_BYTES, this.#pages * PAGE);
  }

  /** The address of `bytes` bytes, of unknown content. Throws `memory` when they do not fit. */
  alloc(bytes: number): number {
    const at = this.#spans.take(bytes);
    if (at !== null) return at;
    this.#grow(bytes);
    return this.#spans.take(bytes)!;
  }

  free(at: number): void {
    this.#spans.give(at);
  }

  /** Bytes that are in use. */
  get used(): number {
    return this.#spans.used;
  }

  /** Bytes that may still be taken. */
  get room(): number {
    return (this.fixed ? this.#pages : MOST_PAGES) * PAGE - CONTROL_BYTES - this.#spans.used;
  }

  u8(at: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, at, length);
  }

  u16(at: number, length: number): Uint16Array {
    return new Uint16Array(this.memory.buffer, at, length);
  }

  u32(at: number, length: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, at, length);
  }

  f32(at: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, at, length);
  }

  f64(at: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, at, length);
  }

  #grow(bytes: number): void {
    const least = Math.ceil((bytes + 64) / PAGE);
    // Some ahead, so that many small needs do not grow it many times.
    const pages = Math.min(MOST_PAGES - this.#pages, Math.max(least, this.#pages >> 2));
    if (this.fixed || pages < least) throw tooLarge(this.#pages + least);
    try {
      this.memory.grow(pages);
    } catch {
      throw tooLarge(this.#pages + pages);
    }
    this.#pages += pages;
    this.#spans.extend(this.#pages * PAGE);
  }
}

function makeMemory(pages: number, shared: boolean): WebAssembly.Memory {
  const most = [MOST_PAGES, pages + MODEST_PAGES, pages];
  for (const maximum of most) {
    if (maximum < pages || maximum > MOST_PAGES) continue;
    try {
      return new WebAssembly.Memory({ initial: pages, maximum, shared });
    } catch {
      continue;
    }
  }
  throw tooLarge(pages);
}

function tooLarge(pages: number): TesseraError {
  const megabytes = Math.ceil((pages * PAGE) / 2 ** 20);
  return new TesseraError(
    'memory',
    `The analysis needs ${megabytes} MB of memory at once, more than this browser gives: reduce the vectors to fewer ` +
      'dimensions, or cluster fewer images.',
    { megabytes },
  );
}
