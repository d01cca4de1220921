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
  /** Networks of this kind that do best side by side, each in a thread of its own. */
  networks: number;
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

interface Lane {
  port: InferPort;
  started: Promise<Started>;
  /** Whether it has started. */
  ready: boolean;
  /** Batches it has. */
  load: number;
}

/**
 * The network of a run, or several of them side by side. The first starts on first use and says how many; each batch
 * goes to the one with the least to do. When the GPU is lost the thread is replaced and the batch replayed; after
 * three losses in a row it goes on with WASM. Errors: those of `createEmbedder` and `embed`.
 */
export class Inference {
  private lanes: Lane[] = [];
  private losses = 0;
  private closed = false;

  constructor(
    private readonly spawn: () => InferPort,
    private readonly spec: EmbedSpec,
    private backend: BackendChoice,
    private readonly events: InferenceEvents,
  ) {}

  start(): Promise<Started> {
    return this.first().started;
  }

  async embed(images: RgbImage[]): Promise<Answer> {
    for (;;) {
      const first = this.first();
      let lane = first;
      try {
        const { networks } = await first.started;
        if (this.closed) throw cancelled();
        lane = this.leastBusy(first, networks);
        lane.load++;
        const answer = await lane.port.embed(images).finally(() => lane.load--);
        this.losses = 0;
        return answer;
      } catch (error) {
        if (this.closed || this.backend === 'wasm' || !(await isLoss(error, lane.started))) throw error;
        if (this.lanes.includes(lane)) this.replace(error);
      }
    }
  }

  close(): void {
    this.closed = true;
    this.closeAll();
  }

  private first(): Lane {
    if (this.closed) throw cancelled();
    if (this.lanes.length) return this.lanes[0];
    const lane = this.open(this.backend);
    lane.started.then(
      ({ info }) => this.events.backend(info),
      () => undefined,
    );
    return lane;
  }

  private open(backend: BackendChoice): Lane {
    const port = this.spawn();
    const lane: Lane = { port, started: port.start(this.spec, backend), ready: false, load: 0 };
    this.lanes.push(lane);
    lane.started.then(
      () => (lane.ready = true),
      () => undefined,
    );
    return lane;
  }

  /** Another network is opened only when all have something to do: a few images are not worth its start. */
  private leastBusy(first: Lane, networks: number): Lane {
    const ready = this.lanes.filter((lane) => lane.ready);
    const free = ready.reduce((least, lane) => (lane.load < least.load ? lane : least), first);
    if (free.load > 0 && this.lanes.length < networks && this.lanes[0] === first) this.open('wasm');
    return free;
  }

  private replace(error: unknown): void {
    const detail = error instanceof Error ? error.message : String(error);
    this.closeAll();
    this.losses++;
    this.events.lost(detail);
    if (this.losses < LOSSES) return;
    this.backend = 'wasm';
    this.events.fellBack(detail);
  }

  private closeAll(): void {
    this.lanes.forEach(({ port }) => port.close());
    this.lanes = [];
  }
}

const cancelled = (): TesseraError => new TesseraError('cancelled', 'Cancelled.');

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
