import type { QueryPicture } from '../domain/search';
import type { BackendChoice } from '../domain/project';
import { specKey, type EmbedSpec } from '../domain/spec';
import { DecodePool } from './decode-pool';
import { Inference } from './inference';
import { targetOf } from './prepare';
import type { Threads } from './service';

/** Milliseconds after which a network that nobody asks is let go of. */
const IDLE_MS = 60_000;

const ignore = {
  backend: () => undefined,
  lost: () => undefined,
  fellBack: () => undefined,
};

/** Pictures that belong to no project, one at a time: decoded and embedded as the images of a descriptor are. */
export class QueryPictures {
  private kept: { key: string; decoders: DecodePool; inference: Inference } | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private idle: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly threads: Pick<Threads, 'spawnDecoder' | 'spawnNetwork'>,
    private readonly idleMs = IDLE_MS,
  ) {}

  /**
   * The vector of a picture, or why it has none; nothing is stored. The network stays for a minute. Errors: those of
   * `createEmbedder` and `embed`; `internal` for a descriptor that nothing computes.
   */
  embed(file: Blob, spec: EmbedSpec, backend: BackendChoice): Promise<QueryPicture> {
    const turn = this.last.then(() => this.work(file, spec, backend));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  close(): void {
    clearTimeout(this.idle);
    this.kept?.decoders.close();
    this.kept?.inference.close();
    this.kept = null;
  }

  private async work(file: Blob, spec: EmbedSpec, backend: BackendChoice): Promise<QueryPicture> {
    clearTimeout(this.idle);
    const { decoders, inference } = this.open(spec, backend);
    try {
      // Both take their time to start: side by side.
      inference.start().catch(() => undefined);
      const answer = await decoders.prepare(new Uint8Array(await file.arrayBuffer()), targetOf(spec));
      if ('skip' in answer) return answer;
      const { input, thumbnail, width, height } = answer.picture;
      const { vectors, bad } = await inference.embed([input]);
      if (bad.length > 0) return { skip: { code: 'bad-embedding' } };
      return { vector: vectors.slice(), thumbnail, width, height };
    } catch (error) {
      this.close();
      throw error;
    } finally {
      this.idle = setTimeout(() => this.close(), this.idleMs);
    }
  }

  private open(spec: EmbedSpec, backend: BackendChoice): { decoders: DecodePool; inference: Inference } {
    const key = `${specKey(spec)}|${backend}`;
    if (this.kept?.key === key) return this.kept;
    this.close();
    const decoders = new DecodePool(this.threads.spawnDecoder, 1);
    const inference = new Inference(this.threads.spawnNetwork, spec, backend, ignore);
    this.kept = { key, decoders, inference };
    return this.kept;
  }
}
