import { TesseraError } from '../domain/errors';
import type { RgbImage } from '../domain/image';
import type { BackendInfo } from '../domain/progress';
import type { BackendChoice } from '../domain/project';
import type { EmbedSpec } from '../domain/spec';

export interface Started {
  info: BackendInfo;
  /** Images a call does best with. */
  batch: number;
  dim: number;
}

export interface Answer {
  /** n x dim, row-major. */
  vectors: Float32Array;
  /** Rows without usable numbers. */
  bad: number[];
  seconds: number;
}

/** A network in a thread of its own: the runtime's memory never shrinks, and a lost GPU leaves it unusable. */
export interface InferPort {
  start(spec: EmbedSpec, backend: BackendChoice): Promise<Started>;
  embed(images: RgbImage[]): Promise<Answer>;
  close(): void;
}

export interface InferenceEvents {
  backend(info: BackendInfo): void;
  lost(detail: string): void;
  fellBack(detail: string): void;
}

/** Losses in a row after which the GPU is given up. */
const LOSSES = 3;

/**
 * The network of a run. Starts on first use. When the GPU is lost the thread is replaced and the batch replayed;
 * after three losses in a row it goes on with WASM. Errors: those of `createEmbedder` and `embed`.
 */
export class Inference {
  private current: { port: InferPort; started: Promise<Started> } | null = null;
  private losses = 0;
  private closed = false;

  constructor(
    private readonly spawn: () => InferPort,
    private readonly spec: EmbedSpec,
    private backend: BackendChoice,
    private readonly events: InferenceEvents,
  ) {}

  start(): Promise<Started> {
    return this.open().started;
  }

  async embed(images: RgbImage[]): Promise<Answer> {
    for (;;) {
      const used = this.open();
      try {
        await used.started;
        const answer = await used.port.embed(images);
        this.losses = 0;
        return answer;
      } catch (error) {
        if (this.closed || this.backend === 'wasm' || !(await isLoss(error, used.started))) throw error;
        if (this.current === used) this.replace(error);
      }
    }
  }

  close(): void {
    this.closed = true;
    this.current?.port.close();
    this.current = null;
  }

  private open(): { port: InferPort; started: Promise<Started> } {
    if (this.closed) throw new TesseraError('cancelled', 'Cancelled.');
    if (this.current) return this.current;
    const port = this.spawn();
    const started = port.start(this.spec, this.backend);
    started.then(
      ({ info }) => this.events.backend(info),
      () => undefined,
    );
    this.current = { port, started };
    return this.current;
  }

  private replace(error: unknown): void {
    const detail = error instanceof Error ? error.message : String(error);
    this.current?.port.close();
    this.current = null;
    this.losses++;
    this.events.lost(detail);
    if (this.losses < LOSSES) return;
    this.backend = 'wasm';
    this.events.fellBack(detail);
  }
}

/** Whether a fresh device may do better: the GPU went away, or a network on it answered nonsense. */
async function isLoss(error: unknown, started: Promise<Started>): Promise<boolean> {
  if (!(error instanceof TesseraError)) return false;
  if (error.code === 'device-lost') return true;
  const backend = await started.then(
    ({ info }) => info.backend,
    () => null,
  );
  return error.code === 'model-run' && backend === 'webgpu';
}
