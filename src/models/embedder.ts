import { TesseraError } from '../domain/errors';
import type { RgbImage } from '../domain/image';
import type { BackendInfo } from '../domain/progress';
import type { EmbedSpec, NetworkSpec, PixelsSpec } from '../domain/spec';
import { badRows, fingerprint, sameVectors } from './check';
import { chooseSession, type ChooseOptions } from './choose';
import { cutModel } from './cut';
import { inputLength, normaliser } from './normalise';
import type { Session } from './session';
import { answerToProbe } from './trial';

export interface Embedded {
  /** n x dim, row-major. */
  vectors: Float32Array;
  /** Rows without a usable answer: not finite, or nothing but zeros. */
  bad: number[];
}

/** Turns pictures of exactly the descriptor's size into vectors. */
export interface Embedder {
  info: BackendInfo;
  /** The number of images a call does best with; any number is taken. */
  batch: number;
  /** As the descriptor says; measured where that is 0 because the file does not tell. */
  dim: number;
  /**
   * @throws TesseraError `model-run` when the runtime fails or repeats itself, `device-lost` when the GPU went away:
   *   dispose of this embedder then, and run the same images on a new one.
   */
  embed(images: RgbImage[]): Promise<Embedded>;
  dispose(): Promise<void>;
}

/**
 * Makes the embedder of a descriptor; call it in a worker. `model` holds the ONNX file as given, null for raw pixels.
 * @throws TesseraError `model-not-onnx`, `model-inputs`, `model-no-layer` for files that do not fit the descriptor,
 *   `backend-missing` when WebGPU is asked for and is not there, `model-run` when the network does not run.
 */
export async function createEmbedder(
  spec: EmbedSpec,
  model: Uint8Array | null,
  options: ChooseOptions,
): Promise<Embedder> {
  if (spec.kind === 'pixels') return pixelEmbedder(spec);
  if (spec.kind === 'vectors')
    throw new TesseraError('internal', `"${spec.title}" are vectors from a file: nothing computes them.`);
  if (!model) throw new TesseraError('internal', `The file of the network "${spec.title}" was not given.`);
  const cut = cutModel(model, spec.layer, spec.pool);
  const { session, info, release } = await chooseSession(cut, spec.input, options);
  try {
    const dim = spec.dim || (await answerToProbe(session, spec.input)).length;
    return networkEmbedder({ ...spec, dim }, session, info, release);
  } catch (error) {
    await release();
    throw error;
  }
}

function pixelEmbedder(spec: PixelsSpec): Embedder {
  const dim = spec.width * spec.height * 3;
  return {
    info: { backend: 'pixels', device: 'CPU', threads: 1, trial: [], reason: 'only-choice' },
    batch: 64,
    dim,
    embed: async (images) => {
      const vectors = new Float32Array(images.length * dim);
      images.forEach((image, row) => {
        assertSize(image, spec);
        for (let i = 0; i < dim; i++) vectors[row * dim + i] = image.data[i] / 255;
      });
      // A black picture is a picture: only a network's zeros are an answer gone wrong.
      return { vectors, bad: [] };
    },
    dispose: async () => undefined,
  };
}

function networkEmbedder(
  spec: NetworkSpec,
  session: Session,
  info: BackendInfo,
  release: () => Promise<void>,
): Embedder {
  const write = normaliser(spec.input);
  const perImage = inputLength(spec.input);
  let previous: { print: number; vectors: Float32Array } | null = null;
  const embed = async (images: RgbImage[]): Promise<Embedded> => {
    if (images.length === 0) return { vectors: new Float32Array(0), bad: [] };
    const input = new Float32Array(images.length * perImage);
    images.forEach((image, row) => {
      assertSize(image, spec.input);
      write(image, input, row * perImage);
    });
    const vectors = await session.run(input, images.length);
    if (vectors.length !== images.length * spec.dim)
      throw new TesseraError(
        'model-run',
        `The layer "${spec.layer}" gave ${vectors.length / images.length} numbers an image where ${spec.dim} were expected.`,
        { layer: spec.layer, got: vectors.length / images.length, expected: spec.dim },
      );
    const bad = badRows(vectors, spec.dim);
    const print = fingerprint(images);
    if (previous && bad.length === 0 && previous.print !== print && sameVectors(previous.vectors, vectors))
      throw new TesseraError(
        'model-run',
        'The network gave the vectors of the batch before for different images; run it on another backend.',
      );
    previous = { print, vectors: vectors.slice() };
    return { vectors, bad };
  };
  // The runtime takes one run of a session at a time.
  let last: Promise<unknown> = Promise.resolve();
  return {
    info,
    batch: session.batch,
    dim: spec.dim,
    embed: (images) => {
      const turn = last.then(() => embed(images));
      last = turn.catch(() => undefined);
      return turn;
    },
    dispose: release,
  };
}

function assertSize(image: RgbImage, size: { width: number; height: number }): void {
  if (
    image.width !== size.width ||
    image.height !== size.height ||
    image.data.length !== size.width * size.height * 3
  )
    throw new TesseraError(
      'internal',
      `A picture of ${image.width} x ${image.height} came where ${size.width} x ${size.height} was expected.`,
    );
}
