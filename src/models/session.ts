import type { InferenceSession } from 'onnxruntime-web/webgpu';
import { TesseraError } from '../domain/errors';
import type { InputSpec } from '../domain/spec';
import type { CutModel } from './cut';
import { inputLength } from './normalise';
import type { Runtime } from './runtime';

/** A network on one backend. One run at a time. */
export interface Session {
  backend: 'webgpu' | 'wasm';
  /** Images of one run; runs on WebGPU and networks with a fixed batch take exactly so many. */
  batch: number;
  /** `input` holds n images; the answer is n x dim, row-major, a copy of its own. */
  run(input: Float32Array, n: number): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/**
 * Starts a network on WASM, or on WebGPU when a device is given.
 * @throws TesseraError `model-run` when the runtime refuses the network, `device-lost` when the GPU went away.
 */
export async function openSession(
  runtime: Runtime,
  cut: CutModel,
  input: InputSpec,
  batch: number,
  device: GPUDevice | null,
): Promise<Session> {
  const size = cut.batch ?? batch;
  const lost = device ? watchLoss(device) : null;
  const guarded = <T>(work: Promise<T>) => explained(lost ? Promise.race([work, lost]) : work);
  const session = await guarded(
    runtime.InferenceSession.create(cut.bytes, {
      executionProviders: [device ? { name: 'webgpu', device } : 'wasm'],
      freeDimensionOverrides: device ? fixedSizes(cut, input, size) : {},
    }),
  );
  // Shapes known beforehand make WebGPU's kernels and buffers reusable, so a short batch is padded there.
  const padded = device !== null || cut.batch !== null;
  const perImage = inputLength(input);
  const runPart = async (part: Float32Array, n: number): Promise<Float32Array> => {
    const rows = padded ? size : n;
    const data = part.length === rows * perImage ? part : padTo(part, rows * perImage);
    const tensor = new runtime.Tensor('float32', data, [rows, ...imageShape(input)]);
    const outputs = await session.run({ [cut.input]: tensor });
    const output = outputs[cut.output];
    const values = floats(output.data);
    const vectors = values.slice(0, (values.length / rows) * n);
    output.dispose();
    return vectors;
  };
  return {
    backend: device ? 'webgpu' : 'wasm',
    batch: size,
    run: (data, n) => guarded(inParts(data, n, size, perImage, runPart)),
    dispose: () => session.release(),
  };
}

function imageShape(input: InputSpec): number[] {
  const channels = input.channels === 'grey' ? 1 : 3;
  return input.layout === 'NCHW'
    ? [channels, input.height, input.width]
    : [input.height, input.width, channels];
}

function fixedSizes(
  cut: CutModel,
  input: InputSpec,
  batch: number,
): InferenceSession.SessionOptions['freeDimensionOverrides'] {
  const sizes = [batch, ...imageShape(input)];
  const named = (cut.shape ?? []).flatMap((dim, i) =>
    typeof dim === 'string' ? [[dim, sizes[i]] as const] : [],
  );
  return Object.fromEntries(named);
}

function padTo(part: Float32Array, length: number): Float32Array {
  const whole = new Float32Array(length);
  whole.set(part);
  return whole;
}

function floats(data: unknown): Float32Array {
  if (data instanceof Float32Array) return data;
  throw new TesseraError(
    'model-run',
    'The chosen layer does not give float32 numbers; choose another layer.',
  );
}

async function inParts(
  input: Float32Array,
  n: number,
  size: number,
  perImage: number,
  run: (part: Float32Array, n: number) => Promise<Float32Array>,
): Promise<Float32Array> {
  if (n <= size) return run(input, n);
  const parts: Float32Array[] = [];
  for (let at = 0; at < n; at += size) {
    const rows = Math.min(size, n - at);
    parts.push(await run(input.subarray(at * perImage, (at + rows) * perImage), rows));
  }
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return all;
}

/** Rejects when the device is lost: a run on a lost device may never answer. */
function watchLoss(device: GPUDevice): Promise<never> {
  const lost = device.lost.then((info) => {
    throw deviceLost(info.message);
  });
  // After the session has ended, nobody waits for it any more.
  lost.catch(() => undefined);
  return lost;
}

function deviceLost(detail: string): TesseraError {
  return new TesseraError(
    'device-lost',
    'The GPU went away while the network was running; the batch must be run again.',
    {
      detail,
    },
  );
}

async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof TesseraError) throw cause;
    const detail = cause instanceof Error ? cause.message : String(cause);
    if (/device.{0,20}lost|lost.{0,20}device/i.test(detail)) throw deviceLost(detail);
    throw new TesseraError('model-run', `The network could not be run: ${detail}`, { detail }, { cause });
  }
}
