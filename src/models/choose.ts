import { TesseraError } from '../domain/errors';
import type { BackendInfo } from '../domain/progress';
import type { BackendChoice } from '../domain/project';
import type { InputSpec } from '../domain/spec';
import { findAdapter } from '../gpu/device';
import { cosine } from './check';
import type { CutModel } from './cut';
import { requestNetworkDevice } from './network-device';
import { loadRuntime, wasmThreads } from './runtime';
import { openSession, type Session } from './session';
import { answerToProbe, measure } from './trial';

export type Trial = BackendInfo['trial'][number];

export interface Chosen {
  session: Session;
  info: BackendInfo;
  /** Ends the session and gives its device back. */
  release(): Promise<void>;
}

export interface ChooseOptions {
  backend: BackendChoice;
  /** WASM threads; by default up to 4 where the page is cross-origin isolated, else 1. */
  threads?: number;
  /** Networks that are to run side by side on WASM, 1 by default: the trial counts what they do together. */
  abreast?: number;
  /** Images of one run; by default what suits the backend. */
  batch?: number;
  /** Called for each backend that was tried, as soon as its time is known. */
  onTrial?: (trial: Trial) => void;
}

type Adapter = NonNullable<Awaited<ReturnType<typeof findAdapter>>>;

const WASM_BATCH = 8;
const WEBGPU_BATCH = 32;
/** A software adapter takes seconds an image. */
const SOFTWARE_BATCH = 1;
/**
 * Cosine that WebGPU must reach with WASM on a made picture. ONNX Runtime's WebGPU convolutions are wrong for some
 * channel counts (6 in, 8 out with strides, for one), so no network is used there unseen.
 */
const AGREEMENT = 0.999;

/**
 * Starts a network where it runs fastest: on WASM without a hardware GPU, else on whichever of the two wins a short
 * measured trial; or where it is asked to. WebGPU is used only for networks whose numbers agree with WASM's.
 * @throws TesseraError `backend-missing` when WebGPU is asked for and is not there, `model-run` when the network does
 *   not run, or does not run rightly, where it was asked to.
 */
export async function chooseSession(
  cut: CutModel,
  input: InputSpec,
  options: ChooseOptions,
): Promise<Chosen> {
  const threads = options.threads ?? wasmThreads();
  const found = options.backend === 'wasm' ? null : await findAdapter();
  if (options.backend === 'webgpu' && !found)
    throw new TesseraError('backend-missing', 'This browser offers no WebGPU adapter; choose WASM instead.', {
      backend: 'webgpu',
    });
  const runtime = await loadRuntime(threads);
  const openWasm = async (reason: BackendInfo['reason'], trial: Trial[] = []): Promise<Chosen> => {
    const session = await openSession(runtime, cut, input, options.batch ?? WASM_BATCH, null);
    const info: BackendInfo = { backend: 'wasm', device: 'CPU', threads, trial, reason };
    return { session, info, release: () => session.dispose() };
  };
  const openGpu = async ({ adapter, info: { name, software } }: Adapter): Promise<Chosen> => {
    const device = await requestNetworkDevice(adapter);
    try {
      const batch = options.batch ?? (software ? SOFTWARE_BATCH : WEBGPU_BATCH);
      const session = await openSession(runtime, cut, input, batch, device);
      const info: BackendInfo = { backend: 'webgpu', device: name, threads: 1, trial: [], reason: 'asked' };
      return { session, info, release: () => session.dispose().finally(() => device.destroy()) };
    } catch (error) {
      device.destroy();
      throw error;
    }
  };
  if (options.backend === 'wasm') return openWasm('asked');
  if (!found) return openWasm('only-choice');
  if (options.backend === 'webgpu') return agreeing(await openGpu(found), () => openWasm('asked'), input);
  if (found.info.software) return openWasm('software-adapter');
  return faster(() => openGpu(found), openWasm, input, options);
}

/** WebGPU as asked for, once its numbers are seen to be right. */
async function agreeing(gpu: Chosen, openWasm: () => Promise<Chosen>, input: InputSpec): Promise<Chosen> {
  try {
    const onGpu = await answerToProbe(gpu.session, input);
    const cpu = await openWasm();
    const agreement = await answerToProbe(cpu.session, input)
      .then((onCpu) => cosine(onGpu, onCpu))
      .finally(() => cpu.release());
    if (agreement >= AGREEMENT) return gpu;
    throw new TesseraError(
      'model-run',
      `This network's numbers on the GPU differ from those on the processor (cosine ${agreement.toFixed(4)}); choose WASM.`,
      { agreement },
    );
  } catch (error) {
    await gpu.release();
    throw error;
  }
}

/** Tries both; WebGPU goes first, since a network that does not run there leaves WASM as the only choice. */
async function faster(
  openGpu: () => Promise<Chosen>,
  openWasm: (reason: BackendInfo['reason'], trial: Trial[]) => Promise<Chosen>,
  input: InputSpec,
  { abreast = 1, onTrial }: ChooseOptions,
): Promise<Chosen> {
  const trial: Trial[] = [];
  const timed = async ({ session }: Chosen, n: number, together = 1) => {
    const { first, msPerImage: alone } = await measure(session, input, n);
    const msPerImage = alone / together;
    const entry: Trial = { backend: session.backend, msPerImage };
    trial.push(entry);
    onTrial?.(entry);
    return { first, msPerImage };
  };
  const gpu = await openGpu().catch(() => null);
  if (!gpu) return openWasm('fallback', trial);
  const onGpu = await timed(gpu, gpu.session.batch).catch(() => null);
  const cpu = await openWasm('measured', trial);
  const onCpu = await timed(cpu, 1, abreast);
  const trusted = onGpu !== null && cosine(onGpu.first, onCpu.first) >= AGREEMENT;
  const [winner, loser] = trusted && onGpu.msPerImage < onCpu.msPerImage ? [gpu, cpu] : [cpu, gpu];
  await loser.release();
  return { ...winner, info: { ...winner.info, trial, reason: trusted ? 'measured' : 'fallback' } };
}
