const PAGE = 65_536;
/** Where the first area begins; before it lies what the compiler keeps there. */
const START = 1024;
/** Bytes that vectors read or write past the end of an area. */
const SPARE = 64;
/** A memory never shrinks: one that a giant picture made larger than this is given up for a new one. */
const KEPT_BYTES = 64 << 20;

/** Addresses of the areas asked for, and all bytes of the memory they lie in. */
export interface Areas<T extends readonly number[]> {
  at: { [K in keyof T]: number };
  bytes: Uint8Array<ArrayBuffer>;
}

/** A WebAssembly module with a memory of its own, which each call uses anew; its functions take byte addresses. */
export class Kernel<Functions> {
  private module: WebAssembly.Module | null = null;
  private instance: { functions: Functions; memory: WebAssembly.Memory } | null = null;

  constructor(private readonly code: Uint8Array<ArrayBuffer>) {}

  /** The functions, and areas of so many bytes with some to spare behind each. */
  with<const T extends readonly number[]>(sizes: T): Areas<T> & { run: Functions } {
    const { functions, memory } = (this.instance = this.fitting());
    let end = START;
    const at = sizes.map((size) => {
      const begin = end;
      end = Math.ceil((begin + size + SPARE) / SPARE) * SPARE;
      return begin;
    });
    const missing = Math.ceil((end - memory.buffer.byteLength) / PAGE);
    if (missing > 0) memory.grow(missing);
    return { at: at as Areas<T>['at'], bytes: new Uint8Array(memory.buffer), run: functions };
  }

  private fitting(): { functions: Functions; memory: WebAssembly.Memory } {
    if (this.instance && this.instance.memory.buffer.byteLength <= KEPT_BYTES) return this.instance;
    this.module ??= new WebAssembly.Module(this.code);
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { exports } = new WebAssembly.Instance(this.module, { env: { memory } });
    return { functions: exports as Functions, memory };
  }
}
