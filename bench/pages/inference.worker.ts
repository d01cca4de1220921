import { cutModel } from '../../src/models/cut';
import { inputLength } from '../../src/models/normalise';
import { loadRuntime } from '../../src/models/runtime';
import type { InferenceTask } from './inference';

const WARM_UP_MS = 4000;

let run: () => Promise<void> = async () => undefined;

/** Nothing but `session.run` on ready tensors: what ONNX Runtime Web itself can do with this network here. */
async function load(task: InferenceTask): Promise<void> {
  const { input, batch, threads, images } = task;
  const file = new Uint8Array(await (await fetch(task.model)).arrayBuffer());
  const cut = cutModel(file, task.layer, task.pool);
  const ort = await loadRuntime(threads);
  const session = await ort.InferenceSession.create(cut.bytes, { executionProviders: ['wasm'] });
  const values = Float32Array.from({ length: batch * inputLength(input) }, (_, i) => Math.sin(i * 0.37));
  const channels = input.channels === 'grey' ? 1 : 3;
  const shape =
    input.layout === 'NCHW' ? [channels, input.height, input.width] : [input.height, input.width, channels];
  const tensor = new ort.Tensor('float32', values, [batch, ...shape]);
  // The engine goes on optimising the runtime's code for seconds after it was loaded; the app's rate is that of warm code too.
  const warm = performance.now() + WARM_UP_MS;
  do await session.run({ [cut.input]: tensor });
  while (performance.now() < warm);
  run = async () => {
    for (let done = 0; done < images; done += batch) await session.run({ [cut.input]: tensor });
  };
}

// The runtime starts its threads from this very file.
if (!self.name.startsWith('em-pthread'))
  self.onmessage = ({ data }: MessageEvent<InferenceTask | 'run'>) => {
    (data === 'run' ? run() : load(data)).then(
      () => self.postMessage('done'),
      (error: unknown) => reportError(error),
    );
  };
