import { constant, constantTensor } from './constants';
import { dataPath } from './graph';
import type { Attribute, OnnxModel, OnnxNode } from './onnx';

/** Sizes of a tensor's axes; null for one that is not known. */
export type Shape = (number | null)[];

type Rule = (node: OnnxNode, inputs: (Shape | null)[], model: OnnxModel) => Shape | null;

/**
 * Shapes of the tensors computed from the input, as far as the usual operators of image networks allow; tensors
 * behind an unknown operator are absent unless the file states their shape. `input` is the shape to start from.
 */
export function inferShapes(model: OnnxModel, input: Shape): Map<string, Shape> {
  const shapes = new Map<string, Shape>([[model.inputs[0].name, input]]);
  for (const node of dataPath(model).nodes) {
    const inputs = node.inputs.map((name) => shapes.get(name) ?? constantTensor(model, name)?.dims ?? null);
    const shape = RULES[node.op]?.(node, inputs, model) ?? stated(model, node.outputs[0]);
    if (shape && node.outputs[0]) shapes.set(node.outputs[0], shape);
  }
  return shapes;
}

function stated(model: OnnxModel, name: string): Shape | null {
  const info = model.valueInfo.get(name) ?? model.outputs.find((output) => output.name === name);
  return info?.shape?.map((dim) => (typeof dim === 'number' ? dim : null)) ?? null;
}

const same: Rule = (_, [x]) => x;

/** NumPy's broadcasting. */
const broadcast: Rule = (_, inputs) => {
  if (inputs.some((shape) => !shape)) return null;
  const rank = Math.max(...inputs.map((shape) => shape!.length));
  return Array.from({ length: rank }, (__, axis) => {
    const sizes = inputs.map(
      (shape) => shape![axis - rank + shape!.length] ?? (axis < rank - shape!.length ? 1 : null),
    );
    const long = sizes.filter((size) => size !== 1);
    return long.length === 0
      ? 1
      : long.includes(null)
        ? (long.find((size) => size !== null) ?? null)
        : long[0];
  });
};

const conv: Rule = (node, [x, weights]) => {
  if (x?.length !== 4 || weights?.length !== 4) return null;
  return [x[0], weights[0], ...window(node, [x[2], x[3]], [weights[2]!, weights[3]!])];
};

const pool: Rule = (node, [x]) => {
  const kernel = node.attributes.get('kernel_shape')?.ints;
  return x?.length === 4 && kernel?.length === 2 ? [x[0], x[1], ...window(node, [x[2], x[3]], kernel)] : null;
};

/** Sizes after sliding a kernel over both spatial axes. */
function window(node: OnnxNode, sizes: Shape, kernel: number[]): Shape {
  const ints = (name: string) => node.attributes.get(name)?.ints;
  const autoPad = node.attributes.get('auto_pad')?.s ?? '';
  const round = node.attributes.get('ceil_mode')?.i ? Math.ceil : Math.floor;
  return sizes.map((size, axis) => {
    if (size === null) return null;
    const stride = ints('strides')?.[axis] ?? 1;
    if (autoPad.startsWith('SAME')) return Math.ceil(size / stride);
    const reach = (ints('dilations')?.[axis] ?? 1) * (kernel[axis] - 1) + 1;
    const pads = ints('pads') ?? [0, 0, 0, 0];
    return round((size + pads[axis] + pads[axis + 2] - reach) / stride) + 1;
  });
}

const globalPool: Rule = (_, [x]) => x && [...x.slice(0, 2), ...x.slice(2).map(() => 1)];

const flatten: Rule = (node, [x]) => {
  const axis = node.attributes.get('axis')?.i ?? 1;
  return x && [product(x.slice(0, axis)), product(x.slice(axis))];
};

const gemm: Rule = (node, [a, b]) => {
  if (a?.length !== 2 || b?.length !== 2) return null;
  return [flag(node, 'transA') ? a[1] : a[0], flag(node, 'transB') ? b[0] : b[1]];
};

const matmul: Rule = (_, [a, b]) =>
  a && b && a.length >= 2 && b.length >= 2 ? [...a.slice(0, -1), b.at(-1)!] : null;

const reshape: Rule = (node, [x], model) => {
  const target = operand(model, node, 1, 'shape');
  if (!x || !target) return null;
  const sizes: Shape = target.map((size, axis) => (size === 0 ? (x[axis] ?? null) : size));
  const free = sizes.indexOf(-1);
  if (free < 0) return sizes;
  // An unknown batch size that is carried over cancels out of the division.
  const carried = x[0] === null && sizes[0] === null && free > 0;
  const total = product(carried ? x.slice(1) : x);
  const rest = product(sizes.filter((_, axis) => axis !== free && !(carried && axis === 0)));
  sizes[free] = total === null || rest === null ? null : total / rest;
  return sizes;
};

const transpose: Rule = (node, [x]) => {
  const perm = node.attributes.get('perm')?.ints;
  return x && perm?.length === x.length ? perm.map((axis) => x[axis]) : null;
};

const concat: Rule = (node, inputs) => {
  const [first] = inputs;
  const at = node.attributes.get('axis')?.i ?? 0;
  if (!first || inputs.some((shape) => shape?.length !== first.length)) return null;
  const axis = at < 0 ? at + first.length : at;
  const sizes = inputs.map((shape) => shape![axis]);
  const sum = sizes.includes(null) ? null : sizes.reduce((a, b) => a! + b!, 0);
  return first.map((size, i) => (i === axis ? sum : size));
};

const reduce: Rule = (node, [x], model) => {
  const axes = operand(model, node, 1, 'axes');
  if (!x || !axes) return null;
  const reduced = new Set(axes.map((axis) => (axis < 0 ? axis + x.length : axis)));
  const keep = (node.attributes.get('keepdims')?.i ?? 1) !== 0;
  return x.flatMap((size, axis) => (reduced.has(axis) ? (keep ? [1] : []) : [size]));
};

const squeeze: Rule = (node, [x], model) => {
  const axes = operand(model, node, 1, 'axes')?.map((axis) => (x && axis < 0 ? axis + x.length : axis));
  return x && x.filter((size, axis) => !(axes ? axes.includes(axis) : size === 1));
};

const pad: Rule = (node, [x], model) => {
  const pads = operand(model, node, 1, 'pads');
  if (!x || pads?.length !== x.length * 2) return null;
  return x.map((size, axis) => size && size + pads[axis] + pads[axis + x.length]);
};

function operand(model: OnnxModel, node: OnnxNode, index: number, attribute: string): number[] | null {
  const name = node.inputs[index];
  return name ? constant(model, name) : (node.attributes.get(attribute)?.ints ?? null);
}

function flag(node: OnnxNode, name: string): boolean {
  const attribute: Attribute | undefined = node.attributes.get(name);
  return attribute !== undefined && attribute.i !== 0;
}

function product(sizes: Shape): number | null {
  return sizes.reduce((a, b) => (a === null || b === null ? null : a * b), 1);
}

const ELEMENTWISE =
  'BatchNormalization InstanceNormalization LRN Relu LeakyRelu PRelu Elu Selu Celu Gelu Sigmoid HardSigmoid HardSwish ' +
  'Tanh Erf Softplus Mish Exp Sqrt Clip Neg Cast Identity Dropout Softmax LogSoftmax';

const RULES: Record<string, Rule> = {
  ...Object.fromEntries(ELEMENTWISE.split(' ').map((op) => [op, same])),
  ...Object.fromEntries(['Add', 'Sub', 'Mul', 'Div', 'Pow', 'Sum'].map((op) => [op, broadcast])),
  Conv: conv,
  MaxPool: pool,
  AveragePool: pool,
  GlobalAveragePool: globalPool,
  GlobalMaxPool: globalPool,
  Flatten: flatten,
  Gemm: gemm,
  MatMul: matmul,
  Reshape: reshape,
  Transpose: transpose,
  Concat: concat,
  ReduceMean: reduce,
  ReduceMax: reduce,
  ReduceSum: reduce,
  Squeeze: squeeze,
  Pad: pad,
};
