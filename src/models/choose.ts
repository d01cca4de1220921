import { TesseraError } from '../domain/errors';
import type { BackendInfo } from '../domain/progress';
import type { BackendChoice } from '../domain/project';
import type { InputSpec } from '../domain/spec';
import { findAdapter, requestNetworkDevice, type FoundAdapter } from './adapter';
import { cosine } from './check';
import type { CutModel } from './cut';
import { loadRuntime, wasmThreads, type Runtime } from './runtime';
import { openSession, type Session } from './session';
import { measure } from './trial';

export type Trial = BackendInfo['trial'][number];

export interface Chosen {
  session: Session;
  info: BackendInfo;
  /** Ends the session and gives its device back. */
  release(): Promise<void>;
}

interface Options {
  backend: BackendChoice;
  threads?: number;
  batch?: number;
  onTrial?: (trial: Trial) => void;
}

const WASM_BATCH = 8;
const WEBGPU_BATCH = 32;
const WASM_TRIAL = 2;
/** WebGPU must agree with WASM this well on noise to be trusted with a network. */
const AGREEMENT = 0.999;

/**
 * Starts the network where it runs fastest: on WASM without a hardware GPU, else on whichever of the two wins a short
 * measured trial. A GPU whose numbers differ from WASM's in the trial is not used.
 */
export async function chooseSession(cut: CutModel, input: InputSpec, options: Options): Promise<Chosen> {
  const threads = options.threads ?? wasmThreads();
  const found = options.backend === 'wasm' ? null : await findAdapter();
  if (options.backend === 'webgpu' && !found)
    throw new TesseraError('backend-missing', 'This browser offers no WebGPU adapter; choose WASM instead.', {
      backend: 'webgpu',
    });
  const runtime = await loadRuntime(threads);
  const wasm = async (reason: BackendInfo['reason'], trial: Trial[] = []): Promise<Chosen> => {
    const session = await openSession(runtime, cut, input, options.batch ?? WASM_BATCH, null);
    const info: BackendInfo = { backend: 'wasm', device: 'CPU', threads, trial, reason };
    return { session, info, release: () => session.dispose() };
  };
  if (options.backend === 'wasm') return wasm('asked');
  if (!found) return wasm('only-choice');
  if (options.backend === 'webgpu') return webgpu(runtime, cut, input, options, found, 'asked');
  if (found.software) return wasm('software-adapter');
  return measured(cut, input, options, wasm, () => webgpu(runtime, cut, input, options, found, 'measured'));
}

async function webgpu(
  runtime: Runtime,
  cut: CutModel,
  input: InputSpec,
  options: Options,
  found: FoundAdapter,
  reason: BackendInfo['reason'],
): Promise<Chosen> {
  const device = await requestNetworkDevice(found.adapter);
  try {
    const session = await openSession(runtime, cut, input, options.batch ?? WEBGPU_BATCH, device);
    const info: BackendInfo = { backend: 'webgpu', device: found.name, threads: 1, trial: [], reason };
    const release = () => session.dispose().finally(() => device.destroy());
    return { session, info, release };
  } catch (error) {
    device.destroy();
    throw error;
  }
}

/** Tries both; WebGPU goes first, since a network that does not run there leaves WASM as the only choice. */
async function measured(
  cut: CutModel,
  input: InputSpec,
  options: Options,
  openWasm: (reason: BackendInfo['reason'], trial?: Trial[]) => Promise<Chosen>,
  openWebgpu: () => Promise<Chosen>,
): Promise<Chosen> {
  const trial: Trial[] = [];
  const timed = async ({ session }: Chosen, n: number) => {
    const result = await measure(session, input, n);
    const entry: Trial = { backend: session.backend, msPerImage: result.msPerImage };
    trial.push(entry);
    options.onTrial?.(entry);
    return result;
  };
  let gpu: Chosen;
  try {
    gpu = await openWebgpu();
  } catch {
    return openWasm('fallback');
  }
  const onGpu = await timed(gpu, gpu.session.batch).catch(() => null);
  const cpu = await openWasm('measured', trial);
  const onCpu = await timed(cpu, cut.batch ?? WASM_TRIAL);
  const trusted = onGpu !== null && cosine(onGpu.first, onCpu.first) >= AGREEMENT;
  const winner = trusted && onGpu.msPerImage < onCpu.msPerImage ? gpu : cpu;
  await (winner === gpu ? cpu : gpu).release();
  const reason = trusted ? 'measured' : 'fallback';
  return { ...winner, info: { ...winner.info, trial, reason } };
}
