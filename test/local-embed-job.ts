import { toRecord } from '../src/domain/errors';
import type { DroppedFile } from '../src/domain/files';
import type { EmbedEvent } from '../src/domain/progress';
import type { BackendChoice, Counts } from '../src/domain/project';
import type { EmbedSpec } from '../src/domain/spec';
import { Embedding } from '../src/pipeline/service';
import { fakeThreads } from './fake-threads';

/** Stands in for `EmbedJob`: what its worker does, in the same thread and with a fake network. */
export class LocalEmbedJob {
  private readonly service = new Embedding(fakeThreads());
  constructor(private readonly onEvent: (event: EmbedEvent) => void) {}
  add(id: string, files: DroppedFile[], listed = 0): Promise<void> {
    return this.service.add(id, files, undefined, listed);
  }
  keep(id: string, spec: EmbedSpec, told: (counts: Counts) => void): Promise<void> {
    return this.service.keep(id, spec, told);
  }
  stopKeeping(id: string): Promise<void> {
    return this.service.stopKeeping(id);
  }
  start(id: string, spec: EmbedSpec, backend: BackendChoice): Promise<void> {
    return this.service
      .run(id, spec, backend, this.onEvent)
      .catch((error: unknown) => this.onEvent({ type: 'failed', error: toRecord(error) }));
  }
  cancel(): Promise<void> {
    return this.service.cancel();
  }
  dispose(): void {}
}
