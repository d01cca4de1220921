import { TesseraError, toRecord } from '../domain/errors';
import type { EmbedEvent, JobState, StageSeconds } from '../domain/progress';
import type { BackendChoice, Counts } from '../domain/project';
import { specKey, type EmbedSpec } from '../domain/spec';
import { keepDescriptor } from '../store/descriptors';
import { Donors } from '../store/donors';
import { isQuotaNear, storageState } from '../store/quota';
import type { Bell } from './ahead';
import { Committer } from './commit';
import { Control } from './control';
import { DecodePool } from './decode-pool';
import { embedAll, type EmbedContext } from './embed';
import { Inference } from './inference';
import { takeIn, type Desk } from './intake';
import type { Ledger } from './ledger';
import { Originals } from './originals';
import { takePictures } from './pictures';
import { targetOf } from './prepare';
import { Rate } from './rate';
import type { Threads } from './service';

/** Bytes kept between two looks at the space that is left. */
const QUOTA_STEP = 256 << 20;

export interface RunOptions {
  ledger: Ledger;
  desk: Desk;
  spec: EmbedSpec;
  backend: BackendChoice;
  threads: Threads;
  events: (event: EmbedEvent) => void;
  /** Rung when there may be more to read or embed. */
  news: Bell;
  isAdding: () => boolean;
}

/** One run over a project: reads what is on the desk and embeds what has no vector, until both are done. */
export class Run {
  /** Resolves when the run is over, however it ended; a failure is told by an event. */
  readonly finished: Promise<void>;
  private readonly control = new Control();
  private readonly rate = new Rate();
  private readonly seconds: StageSeconds = { read: 0, decode: 0, resize: 0, infer: 0, store: 0 };
  private readonly started = performance.now();
  private readonly committer: Committer;
  private intake: Promise<void> | null = null;
  private unwatched = QUOTA_STEP;
  private warned = false;
  private state: JobState = 'running';
  /** The listener may be in another thread: what it was told before the end must arrive before the end. */
  private delivered: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: RunOptions) {
    this.committer = new Committer(options.ledger, options.spec, this.seconds, (row0, n) =>
      this.onRows(row0, n),
    );
    this.finished = this.execute();
  }

  /** Starts reading what is on the desk, unless that is going on. */
  takeIn(): void {
    const { ledger, desk, news } = this.options;
    if (this.intake || this.control.end) return;
    this.intake = takeIn(ledger, desk, this.control, this.seconds, (bytes) => this.onKept(bytes))
      .catch((error: unknown) => this.control.stop(asTessera(error)))
      .finally(() => {
        this.intake = null;
        if (desk.size && !this.control.end) this.takeIn();
        news.ring();
      });
    this.tell();
  }

  async pause(): Promise<void> {
    this.control.pause();
    this.rate.reset();
    this.change('paused');
    await this.committer.flush();
  }

  resume(): void {
    this.control.resume();
    this.rate.reset();
    this.markRate();
    this.change('running');
  }

  async cancel(): Promise<void> {
    this.control.stop(new TesseraError('cancelled', 'Cancelled.'));
    await this.finished;
  }

  private async execute(): Promise<void> {
    // The caller gets the run before the first event.
    await Promise.resolve();
    const { ledger, desk, spec, backend, threads, news, isAdding } = this.options;
    const decoders = new DecodePool(threads.spawnDecoder, threads.decoders);
    const inference = new Inference(threads.spawnNetwork, spec, backend, {
      backend: (info) => this.emit({ type: 'backend', info }),
      lost: (detail) => this.emit({ type: 'notice', code: 'device-lost', detail }),
      fellBack: (detail) => this.emit({ type: 'notice', code: 'fallback-wasm', detail }),
    });
    try {
      this.takeIn();
      const key = specKey(spec);
      const isComputed = spec.kind !== 'vectors';
      if (isComputed) await keepDescriptor(ledger.projectId, spec);
      const donors = isComputed ? await Donors.find(ledger.projectId, key) : Donors.none(key);
      // The network takes a second or two to start: meanwhile files are read. Whether it works is asked where it is used.
      if (isComputed && donors.isEmpty && this.counts().waiting > 0) inference.start().catch(() => undefined);
      const mayGrow = (): boolean => this.intake !== null || isAdding();
      const originals = new Originals(ledger.projectId);
      const { control, seconds } = this;
      const parts = { ledger, spec, donors, originals, decoders, inference };
      const context = { ...parts, control, seconds, news, mayGrow };
      const pictures = { ledger, desk, decoders, target: targetOf(spec), control, seconds };
      this.markRate();
      do {
        // Not beside the embedding: vectors that were made without these pictures are let go.
        await takePictures(pictures, (rows) => this.onPictures(rows));
        this.takeIn();
        await this.embed(context);
        // Files may have been added while the last batch was on its way.
      } while (mayGrow() || desk.pictures.size > 0 || ledger.counts(key, 0).waiting > 0);
      this.finish();
    } catch (error) {
      this.control.stop(asTessera(error));
      await this.end(this.control.end!);
    } finally {
      decoders.close();
      inference.close();
      await this.delivered;
    }
  }

  private async embed(context: EmbedContext): Promise<void> {
    const groups = embedAll(context);
    for (;;) {
      // A cancel does not wait for the batch the network is at.
      const next = await this.control.orStop(groups.next());
      if (next.done) break;
      await this.committer.add(next.value);
    }
    await this.committer.flush();
  }

  private finish(): void {
    this.change('done');
    const wallSeconds = (performance.now() - this.started) / 1000;
    const { seconds } = this;
    this.emit({ type: 'finished', counts: this.counts(), seconds, wallSeconds });
  }

  /** What was embedded before the end is worth keeping, unless keeping is what failed. */
  private async end(error: TesseraError): Promise<void> {
    await this.committer.flush().catch(() => undefined);
    await this.intake;
    if (error.code === 'cancelled') return this.change('cancelled');
    this.change('failed');
    this.emit({ type: 'failed', error: toRecord(error) });
  }

  private onKept(bytes: number): void {
    this.options.news.ring();
    this.unwatched += bytes;
    if (this.unwatched >= QUOTA_STEP) void this.watchQuota();
    this.tell();
  }

  private onRows(row0: number, n: number): void {
    if (n) this.emit({ type: 'rows', row0, n });
    this.markRate();
    this.tell();
  }

  private onPictures(rows: number[]): void {
    this.emit({ type: 'pictures', rows });
    this.markRate();
    this.tell();
  }

  private async watchQuota(): Promise<void> {
    this.unwatched = 0;
    const state = await storageState();
    if (this.warned || !isQuotaNear(state, 0)) return;
    this.warned = true;
    this.emit({ type: 'notice', code: 'quota-near', detail: `${state.usage} / ${state.quota}` });
  }

  private markRate(): void {
    this.rate.mark(performance.now() / 1000, this.counts().embedded);
  }

  private counts(): Counts {
    const { ledger, desk, spec } = this.options;
    const counts = ledger.counts(specKey(spec), desk.files);
    const coming = Math.min(desk.pictures.size, counts.embedded);
    return { ...counts, embedded: counts.embedded - coming, waiting: counts.waiting + coming };
  }

  private emit(event: EmbedEvent): void {
    const delivery = Promise.resolve(this.options.events(event));
    this.delivered = Promise.allSettled([this.delivered, delivery]);
  }

  private change(state: JobState): void {
    this.state = state;
    this.tell();
  }

  private tell(): void {
    const counts = this.counts();
    const rate = this.rate.perSecond;
    const secondsLeft = this.rate.secondsFor(counts.waiting);
    this.emit({ type: 'progress', progress: { state: this.state, counts, rate, secondsLeft } });
  }
}

function asTessera(error: unknown): TesseraError {
  if (error instanceof TesseraError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new TesseraError('internal', message, {}, { cause: error });
}
