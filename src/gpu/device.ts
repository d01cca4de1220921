import { TesseraError } from '../domain/errors';
import { MOST_WORKGROUPS } from './ranges';

export interface AdapterInfo {
  /** Vendor and architecture as the browser tells them, such as `nvidia ampere`. */
  name: string;
  /** Computes on the CPU (SwiftShader, WARP): right, but slower than code written for the CPU. */
  software: boolean;
}

export interface OpenOptions {
  /** `default` asks for no more than every WebGPU device has; for tests. */
  limits?: 'adapter' | 'default';
}

export interface MemoryPeak {
  bytes: number;
  /** Bytes under each label at that moment. */
  byLabel: Record<string, number>;
}

const RAISED_LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxStorageBuffersPerShaderStage',
] as const;

/** The adapter the browser would give, or null without WebGPU. */
export async function findAdapter(): Promise<{ adapter: GPUAdapter; info: AdapterInfo } | null> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return null;
  const { vendor, architecture, isFallbackAdapter } = adapter.info;
  const name = [vendor, architecture].filter(Boolean).join(' ') || 'WebGPU';
  return { adapter, info: { name, software: isFallbackAdapter || /swiftshader|llvmpipe|warp/i.test(name) } };
}

/**
 * The one owner of this worker's GPUDevice: buffers are made and released here, so what is alive can be counted; pipelines
 * are built once; a lost device shows as `device-lost` on whatever is awaited next.
 */
export class Gpu {
  /** Buffers made and not yet released. */
  readonly live = { buffers: 0, bytes: 0 };
  /** Below the device's own limits, so that small tests need several bindings and dispatches. */
  readonly ceilings = { binding: Infinity, workgroups: MOST_WORKGROUPS };
  #lost: GPUDeviceLostInfo | null = null;
  readonly #owned = new Map<GPUBuffer, { label: string; size: number }>();
  readonly #byLabel = new Map<string, number>();
  #peak: MemoryPeak = { bytes: 0, byLabel: {} };
  readonly #pipelines = new Map<string, GPUComputePipeline>();

  private constructor(
    readonly device: GPUDevice,
    readonly adapter: AdapterInfo,
  ) {
    void device.lost.then((info) => (this.#lost = info));
  }

  /** Null when the browser has no WebGPU adapter or refuses a device. */
  static async open({ limits = 'adapter' }: OpenOptions = {}): Promise<Gpu | null> {
    const found = await findAdapter();
    if (!found) return null;
    const requiredLimits: Record<string, number> = {};
    if (limits === 'adapter')
      for (const name of RAISED_LIMITS) requiredLimits[name] = found.adapter.limits[name];
    try {
      return new Gpu(await found.adapter.requestDevice({ requiredLimits }), found.info);
    } catch {
      return null;
    }
  }

  get limits(): GPUSupportedLimits {
    return this.device.limits;
  }

  /** Bytes one storage binding may span. */
  get bindingLimit(): number {
    const { maxStorageBufferBindingSize, maxBufferSize } = this.limits;
    return Math.min(maxStorageBufferBindingSize, maxBufferSize, this.ceilings.binding);
  }

  /**
   * Multiply-adds one dispatch may do: a few tens of milliseconds, far from any watchdog and short enough that a cancel is
   * answered at once. A software adapter does about 0.3 to 1 thousand million a second, a small integrated GPU 100.
   */
  get dispatchWork(): number {
    return this.adapter.software ? 2 ** 26 : 2 ** 31;
  }

  get lost(): boolean {
    return this.#lost !== null;
  }

  /** A buffer of at least `bytes` (rounded up to 4, never 0), zeroed. The caller releases it. */
  buffer(bytes: number, usage: GPUBufferUsageFlags, label: string): GPUBuffer {
    this.check();
    const size = Math.max(4, Math.ceil(bytes / 4) * 4);
    const buffer = this.device.createBuffer({ size, usage, label });
    this.#owned.set(buffer, { label, size });
    this.live.buffers++;
    this.#count(label, size);
    if (this.live.bytes > this.#peak.bytes) this.resetPeak();
    return buffer;
  }

  /** A storage buffer that can be copied to and from. */
  storage(bytes: number, label: string): GPUBuffer {
    return this.buffer(
      bytes,
      GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
      label,
    );
  }

  /** A storage buffer holding `data`. */
  upload(data: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>, label: string): GPUBuffer {
    const buffer = this.storage(data.byteLength, label);
    this.device.queue.writeBuffer(buffer, 0, data);
    return buffer;
  }

  /** A uniform buffer holding these 32-bit integers. */
  uniform(values: number[], label: string): GPUBuffer {
    const data = new Uint32Array(Math.ceil(values.length / 4) * 4);
    data.set(values);
    const buffer = this.buffer(data.byteLength, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST, label);
    this.device.queue.writeBuffer(buffer, 0, data);
    return buffer;
  }

  release(...buffers: GPUBuffer[]): void {
    for (const buffer of buffers) {
      const owned = this.#owned.get(buffer);
      if (!owned) continue;
      this.#owned.delete(buffer);
      this.live.buffers--;
      this.#count(owned.label, -owned.size);
      buffer.destroy();
    }
  }

  /** The most bytes that were alive at once since `resetPeak`, and what they were. */
  get peak(): MemoryPeak {
    return this.#peak;
  }

  /** Begins to watch for a peak anew, from what is alive now. */
  resetPeak(): void {
    this.#peak = { bytes: this.live.bytes, byLabel: Object.fromEntries(this.#byLabel) };
  }

  #count(label: string, bytes: number): void {
    this.live.bytes += bytes;
    const now = (this.#byLabel.get(label) ?? 0) + bytes;
    if (now > 0) this.#byLabel.set(label, now);
    else this.#byLabel.delete(label);
  }

  /** The compute pipeline of a shader's entry point with these values of its overrides, built once. */
  pipeline(
    code: string,
    label: string,
    entryPoint = 'main',
    constants: Record<string, number> = {},
  ): GPUComputePipeline {
    const key = `${label}/${entryPoint}${Object.values(constants)
      .map((value) => `/${value}`)
      .join('')}`;
    let pipeline = this.#pipelines.get(key);
    if (!pipeline) {
      const module = this.device.createShaderModule({ code, label });
      pipeline = this.device.createComputePipeline({
        label: key,
        layout: 'auto',
        compute: { module, entryPoint, constants },
      });
      this.#pipelines.set(key, pipeline);
    }
    return pipeline;
  }

  bind(pipeline: GPUComputePipeline, buffers: GPUBuffer[]): GPUBindGroup {
    return this.device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
  }

  /** Waits for `work`; a failure caused by a lost device becomes `device-lost`. */
  async guard<T>(work: () => Promise<T>): Promise<T> {
    this.check();
    try {
      return await work();
    } catch (error) {
      // `lost` settles just after the operation that failed because of it.
      await Promise.race([this.device.lost, new Promise((resolve) => setTimeout(resolve, 50))]);
      this.check();
      throw error;
    }
  }

  /** Throws `device-lost` once the device is gone. */
  check(): void {
    if (this.#lost)
      throw new TesseraError(
        'device-lost',
        `The GPU stopped answering (${this.#lost.message || this.#lost.reason}).`,
        {
          reason: this.#lost.reason,
        },
      );
  }

  /** Runs `work` so that any validation, memory or internal error of the device fails it; for tests and self-checks. */
  async scoped<T>(work: () => Promise<T>): Promise<T> {
    const filters: GPUErrorFilter[] = ['validation', 'out-of-memory', 'internal'];
    for (const filter of filters) this.device.pushErrorScope(filter);
    let errors: (GPUError | null)[] = [];
    const result = await work().finally(async () => {
      errors = await Promise.all(filters.map(() => this.device.popErrorScope()));
    });
    const error = errors.find((e) => e !== null);
    if (error) throw new TesseraError('internal', `WebGPU: ${error.message}`);
    return result;
  }

  destroy(): void {
    this.release(...this.#owned.keys());
    this.device.destroy();
  }
}
