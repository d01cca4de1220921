import { PbfReader } from 'pbf';
import { FLOAT, FLOAT16, INT64, type OnnxModel, type TensorInfo } from './onnx';

const INT32 = 6;
const DOUBLE = 11;
const LARGEST = 65_536;

/**
 * The numbers of a small constant: an initialiser, or the output of a Constant, Cast or Identity of one.
 * Null when `name` is no constant, is of another type, or has more than 65,536 elements.
 */
export function constant(model: OnnxModel, name: string): number[] | null {
  const tensor = constantTensor(model, name);
  return tensor && read(model.bytes, tensor);
}

/** The tensor behind a constant, read through Cast and Identity; null when `name` is computed from the input. */
export function constantTensor(model: OnnxModel, name: string): TensorInfo | null {
  const seen = new Set<string>();
  for (let at = name; !seen.has(at);) {
    seen.add(at);
    const initialiser = model.initialisers.get(at);
    if (initialiser) return initialiser;
    const node = model.nodes.find((candidate) => candidate.outputs.includes(at));
    if (node?.op === 'Constant') return node.attributes.get('value')?.tensor ?? null;
    if (node?.op !== 'Cast' && node?.op !== 'Identity') return null;
    at = node.inputs[0] ?? '';
  }
  return null;
}

function read(bytes: Uint8Array, tensor: TensorInfo): number[] | null {
  const count = tensor.dims.reduce((product, dim) => product * dim, 1);
  if (!(count >= 0 && count <= LARGEST)) return null;
  const values = tensor.raw ? readRaw(bytes, tensor, count) : readPacked(bytes, tensor);
  return values?.length === count ? values : null;
}

const WIDTH: Record<number, number> = { [FLOAT]: 4, [FLOAT16]: 2, [INT64]: 8, [INT32]: 4, [DOUBLE]: 8 };

function readRaw(bytes: Uint8Array, tensor: TensorInfo, count: number): number[] | null {
  const width = WIDTH[tensor.dataType];
  const { start, end } = tensor.raw!;
  if (!width || end - start !== count * width) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, end - start);
  return Array.from({ length: count }, (_, i) => {
    const at = i * width;
    if (tensor.dataType === FLOAT) return view.getFloat32(at, true);
    if (tensor.dataType === FLOAT16) return float16(view.getUint16(at, true));
    if (tensor.dataType === DOUBLE) return view.getFloat64(at, true);
    return tensor.dataType === INT32 ? view.getInt32(at, true) : Number(view.getBigInt64(at, true));
  });
}

function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -24 * fraction);
}

function readPacked(bytes: Uint8Array, tensor: TensorInfo): number[] | null {
  if (!tensor.packed) return tensor.dims.includes(0) ? [] : null;
  const { tag, span } = tensor.packed;
  const pbf = new PbfReader(bytes.subarray(span.start, span.end));
  const values: number[] = [];
  try {
    while (pbf.pos < pbf.length)
      values.push(tag === 4 ? pbf.readFloat() : tag === 10 ? pbf.readDouble() : pbf.readVarint(true));
  } catch {
    return null;
  }
  return tensor.dataType === FLOAT16 ? values.map(float16) : values;
}
