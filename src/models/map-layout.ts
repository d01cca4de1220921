import { producers } from './graph';
import type { OnnxModel } from './onnx';

/** Where the channels of a feature map are. */
export type MapLayout = 'NCHW' | 'NHWC';

/**
 * The layout of the 4-D tensor `name`. ONNX convolutions and pools are always channels first; only a Transpose
 * after the last of them, as TensorFlow exports have it, puts the channels last.
 */
export function mapLayout(model: OnnxModel, name: string): MapLayout {
  const producer = producers(model);
  const seen = new Set<string>();
  const open = [name];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const node = producer.get(at);
    if (!node || seen.has(at)) continue;
    seen.add(at);
    if (node.op === 'Transpose')
      return node.attributes.get('perm')?.ints.join() === '0,2,3,1' ? 'NHWC' : 'NCHW';
    if (/^(Conv|.*Pool|BatchNormalization)$/.test(node.op)) return 'NCHW';
    open.push(...node.inputs);
  }
  const shape = model.inputs[0].shape;
  return shape?.[3] === 3 && shape[1] !== 3 ? 'NHWC' : 'NCHW';
}
