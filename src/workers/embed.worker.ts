import { expose, transfer } from 'comlink';
import type { DecodePort } from '../pipeline/decode-pool';
import type { InferPort } from '../pipeline/inference';
import type { Prepared } from '../pipeline/prepare';
import { Embedding } from '../pipeline/service';
import type { Decoder } from './decode.worker';
import { carryErrors } from './errors';
import type { Network } from './infer.worker';
import { WorkerHandle } from './worker-handle';

// Vite bundles a worker only where `new URL` stands inside `new Worker`.
function spawnDecoder(): DecodePort {
  const handle = new WorkerHandle<Decoder>(
    new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module', name: 'decode' }),
  );
  return {
    ready: handle.call((remote) => remote.ping()),
    prepare: (original, target) => {
      const moved = original instanceof Uint8Array ? transfer(original, [original.buffer]) : original;
      return handle.call<Prepared>((remote) => remote.prepare(moved, target));
    },
    close: () => handle.stop(),
  };
}

function spawnNetwork(): InferPort {
  const handle = new WorkerHandle<Network>(
    new Worker(new URL('./infer.worker.ts', import.meta.url), { type: 'module', name: 'infer' }),
  );
  return {
    start: (spec, backend) => handle.call((remote) => remote.start(spec, backend)),
    embed: (images) => handle.call((remote) => remote.embed(images)),
    close: () => handle.stop(),
  };
}

carryErrors();
expose(new Embedding({ spawnDecoder, spawnNetwork }));
