import { cutModel } from '../../src/models/cut';
import { inputLength } from '../../src/models/normalise';
import { loadRuntime } from '../../src/models/runtime';
import type { InferenceResult, InferenceTask } from './inference';

const WARM_UP_MS = 4000;

/** Nothing but `session.run` on ready tensors: what ONNX Runtime Web itself can do with this network here. */
async function infer(task: InferenceTask): Promise<InferenceResult> {
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
  const runs = Math.ceil(images / batch);
  const start = performance.now();
  for (let run = 0; run < runs; run++) await session.run({ [cut.input]: tensor });
  return { seconds: (performance.now() - start) / 1000, images: runs * batch };
}

// The runtime starts its threads from this very file.
if (!self.name.startsWith('em-pthread'))
  self.onmessage = ({ data }: MessageEvent<InferenceTask>) => {
    infer(data).then(
      (result) => self.postMessage(result),
      (error: unknown) => reportError(error),
    );
  };
