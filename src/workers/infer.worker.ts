import { expose, transfer } from 'comlink';
import type { RgbImage } from '../domain/image';
import type { BackendChoice } from '../domain/project';
import type { EmbedSpec } from '../domain/spec';
import { createEmbedder, type Embedder } from '../models/embedder';
import { getModelBytes } from '../models/library';
import { shareCores } from '../models/share-cores';
import type { Answer, Started } from '../pipeline/inference';
import { carryErrors } from './errors';

/** Exposed through Comlink: one network. A thread of its own, because a run of it blocks the thread it is on. */
export class Network {
  private embedder: Embedder | null = null;
  private last: Promise<unknown> = Promise.resolve();

  async start(spec: EmbedSpec, backend: BackendChoice): Promise<Started> {
    const model = spec.kind === 'network' ? await getModelBytes(spec.sha256) : null;
    const sharing = shareCores(model?.length ?? Infinity, navigator.hardwareConcurrency, crossOriginIsolated);
    const options = { backend, threads: sharing.threads, abreast: sharing.networks };
    const { info, batch, dim } = (this.embedder = await createEmbedder(spec, model, options));
    const networks = info.backend === 'wasm' ? sharing.networks : 1;
    return { info: { ...info, threads: info.threads * networks }, batch, dim, networks };
  }

  embed(images: RgbImage[]): Promise<Answer> {
    // One batch at a time, or waiting for the batch before would count as computing.
    const turn = this.last.then(() => this.timed(images));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async timed(images: RgbImage[]): Promise<Answer> {
    const start = performance.now();
    const { vectors, bad } = await this.embedder!.embed(images);
    const seconds = (performance.now() - start) / 1000;
    return transfer({ vectors, bad, seconds }, [vectors.buffer]);
  }
}

// The runtime starts its threads from this very file.
if (!self.name.startsWith('em-pthread')) {
  carryErrors();
  expose(new Network());
}
