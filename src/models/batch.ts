import { constant } from './constants';
import { dataPath } from './graph';
import type { OnnxModel, OnnxNode } from './onnx';

/** Operators that treat each image of a batch alone, whatever their attributes. */
const ALONE = new Set(
  (
    'Conv BatchNormalization InstanceNormalization LRN Relu LeakyRelu PRelu Elu Selu Celu Gelu Sigmoid HardSigmoid ' +
    'HardSwish Tanh Erf Softplus Mish Exp Sqrt Pow Clip Add Sub Mul Div Neg Cast Identity Dropout MaxPool AveragePool ' +
    'GlobalAveragePool GlobalMaxPool Pad Upsample Resize'
  ).split(' '),
);

/**
 * Whether a batch size that is fixed in the file may be freed: every operator that the input reaches must treat
 * the images of a batch one by one. Reshape and the like are looked at; anything unknown answers no.
 */
export function isBatchFree(model: OnnxModel, nodes: OnnxNode[]): boolean {
  const path = dataPath(model, nodes);
  return path.nodes.every((node) => node.captured.length === 0 && isFree(model, node, path.tensors));
}

function isFree(model: OnnxModel, node: OnnxNode, reached: Set<string>): boolean {
  const ints = (name: string) => node.attributes.get(name)?.ints ?? null;
  const axis = node.attributes.get('axis')?.i;
  const axes = () => ints('axes') ?? (node.inputs[1] ? constant(model, node.inputs[1]) : null);
  if (node.domain !== '' && node.domain !== 'ai.onnx') return false;
  if (ALONE.has(node.op)) return true;
  switch (node.op) {
    case 'Flatten':
      return axis === undefined || axis === 1;
    case 'Reshape': {
      const shape = node.inputs[1] ? constant(model, node.inputs[1]) : ints('shape');
      return shape !== null && (shape[0] === 0 || (shape[0] === -1 && shape.length > 1));
    }
    case 'Transpose':
      return ints('perm')?.[0] === 0;
    case 'Concat':
      return axis !== undefined && beyondBatch(axis);
    case 'Gemm':
      return !node.attributes.get('transA')?.i && !reached.has(node.inputs[1]);
    case 'MatMul':
      return !reached.has(node.inputs[1]);
    case 'ReduceMean':
    case 'ReduceMax':
    case 'ReduceSum':
    case 'Squeeze':
    case 'Unsqueeze':
      return axes()?.every(beyondBatch) ?? false;
    case 'Softmax':
    case 'LogSoftmax':
      return axis === undefined || beyondBatch(axis);
    default:
      return false;
  }
}

/** Counted from the end, the last two axes are never the batch in tensors of rank 3 and 4. */
function beyondBatch(axis: number): boolean {
  return axis > 0 || axis === -1 || axis === -2;
}
