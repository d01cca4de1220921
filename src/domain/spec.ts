/** How an image becomes a vector. Two runs with the same `specKey` give the same vectors for the same bytes. */
export type ResizeMode = 'squash' | 'crop';
export type Pool = 'none' | 'avg' | 'max';
export type Triple = readonly [number, number, number];

/** value = (byte * scale - mean[c]) / std[c], channels in the order of `channels`. */
export interface InputSpec {
  name: string;
  width: number;
  height: number;
  layout: 'NCHW' | 'NHWC';
  channels: 'RGB' | 'BGR' | 'grey';
  scale: number;
  mean: Triple;
  std: Triple;
}

export interface NetworkSpec {
  kind: 'network';
  /** SHA-256 (hex) of the ONNX file as given, before cutting. */
  sha256: string;
  title: string;
  /** The tensor in the graph that is the descriptor; 4-D tensors are pooled over their spatial axes. */
  layer: string;
  pool: Pool;
  dim: number;
  input: InputSpec;
  /** `squash`: each side to the input size. `crop`: short side to round(size * 256 / 224), then the centre. */
  resize: ResizeMode;
}

/** Raw RGB bytes / 255, row-major h x w x 3, squashed to width x height. */
export interface PixelsSpec {
  kind: 'pixels';
  width: number;
  height: number;
  dim: number;
}

/** Vectors that another tool made. Nothing here can compute them: an image that the file leaves out has none. */
export interface VectorsSpec {
  kind: 'vectors';
  /** Fingerprint (hex) of the file. */
  file: string;
  /** The array of the file, '' where it has one only. */
  array: string;
  /** Fingerprint (hex) of the list of paths that says which vector belongs to which image; '' for the order of the images. */
  paths: string;
  /** As people know it: the name of the file, and of the array. */
  title: string;
  dim: number;
}

export type EmbedSpec = NetworkSpec | PixelsSpec | VectorsSpec;

export const RAW_PIXELS: PixelsSpec = { kind: 'pixels', width: 32, height: 32, dim: 32 * 32 * 3 };

/** The identity of a descriptor in the store; everything that changes the numbers is in it, the title is not. */
export function specKey(spec: EmbedSpec): string {
  if (spec.kind === 'pixels') return `pixels:${spec.width}x${spec.height}`;
  if (spec.kind === 'vectors') return [VECTORS, spec.file, spec.array, spec.paths].join(':');
  const i = spec.input;
  const input = [i.width, i.height, i.layout, i.channels, i.scale, ...i.mean, ...i.std].join(',');
  return [spec.sha256, spec.layer, spec.pool, spec.resize, input].join(':');
}

const VECTORS = 'vectors';

/** Whether a key is that of vectors from a file, which no run can add to. */
export function isFromFile(key: string): boolean {
  return key.startsWith(`${VECTORS}:`);
}
