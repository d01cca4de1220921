import type { InputSpec } from '../domain/spec';
import { constant } from './constants';
import { dataPath } from './graph';
import { NORMALISATIONS, type NormalisationName } from './normalisations';
import type { OnnxModel, OnnxNode } from './onnx';

export interface DetectedNormalisation {
  name: NormalisationName;
  certain: boolean;
}

/** value -> gain[c] * value + offset[c], channels in the order of the input. */
interface Affine {
  gain: number[];
  offset: number[];
}

/**
 * How a network wants its pictures. Arithmetic on the input at the head of the graph tells: with the right
 * normalisation in front of it, the first layer gets values in one of the usual conventions. Without any, the maker
 * of the file is the only clue.
 */
export function detectNormalisation(
  model: OnnxModel,
  layout: InputSpec['layout'],
  hint: string,
): DetectedNormalisation {
  const head = headArithmetic(model, layout);
  const name = head.affine && fitting(head.affine);
  if (name) return { name, certain: true };
  if (head.batchNorm) return { name: fromStatistics(model, head.batchNorm), certain: false };
  const clue = `${hint} ${model.producer} ${model.graphName} ${model.doc}`;
  if (/efficientnet[-_ ]?lite/i.test(clue)) return { name: 'lite', certain: false };
  if (/caffe/i.test(clue)) return { name: 'caffe', certain: false };
  if (layout === 'NHWC' || /tf2onnx|tensorflow|keras/i.test(clue))
    return { name: 'symmetric', certain: false };
  return { name: 'imagenet', certain: false };
}

const CHANGES_NO_VALUE = new Set(['Identity', 'Cast', 'Transpose']);

/** Follows the input through scalings by constants to the first layer; composes them. */
function headArithmetic(
  model: OnnxModel,
  layout: InputSpec['layout'],
): { affine: Affine | null; batchNorm: OnnxNode | null } {
  const path = dataPath(model).nodes;
  let at = model.inputs[0].name;
  let affine: Affine = { gain: [1, 1, 1], offset: [0, 0, 0] };
  let found = false;
  for (;;) {
    const users = path.filter((node) => node.inputs.includes(at));
    const node = users[0];
    if (users.length !== 1 || node.outputs[0] === at) break;
    if (node.op === 'BatchNormalization' && !found) return { affine: null, batchNorm: node };
    if (!CHANGES_NO_VALUE.has(node.op)) {
      const next = step(model, node, at, affine, layout);
      if (!next) break;
      affine = next;
      found = true;
    }
    at = node.outputs[0];
  }
  return { affine: found ? affine : null, batchNorm: null };
}

function step(
  model: OnnxModel,
  node: OnnxNode,
  at: string,
  { gain, offset }: Affine,
  layout: InputSpec['layout'],
): Affine | null {
  const [first, second] = node.inputs;
  const values = perChannel(model, first === at ? second : first);
  if (!values || (layout === 'NHWC' && values.length !== 3)) return null;
  const each = (numbers: number[], change: (value: number, c: number) => number) => numbers.map(change);
  switch (node.op) {
    case 'Mul':
      return { gain: each(gain, (g, c) => g * values[c]), offset: each(offset, (o, c) => o * values[c]) };
    case 'Div':
      if (first !== at) return null;
      return { gain: each(gain, (g, c) => g / values[c]), offset: each(offset, (o, c) => o / values[c]) };
    case 'Add':
      return { gain, offset: each(offset, (o, c) => o + values[c]) };
    case 'Sub':
      if (first === at) return { gain, offset: each(offset, (o, c) => o - values[c]) };
      return { gain: each(gain, (g) => -g), offset: each(offset, (o, c) => values[c] - o) };
    default:
      return null;
  }
}

/** A constant that is one number, or one for each channel, as three numbers. */
function perChannel(model: OnnxModel, name: string | undefined): number[] | null {
  const values = name === undefined ? null : constant(model, name);
  if (values?.length === 1) return [values[0], values[0], values[0]];
  return values?.length === 3 ? values : null;
}

/** In units of the first layer's input, whose usual span is about 2 to 5. */
const TOLERANCE = 0.03;

/** The convention for the input that makes another convention of it, once the arithmetic is done. */
function fitting(affine: Affine): NormalisationName | null {
  const names = Object.keys(NORMALISATIONS) as NormalisationName[];
  const targets = names.filter((name) => name !== 'bytes');
  return names.find((name) => targets.some((target) => turnsInto(affine, name, target))) ?? null;
}

function turnsInto({ gain, offset }: Affine, input: NormalisationName, target: NormalisationName): boolean {
  if (NORMALISATIONS[input].channels !== NORMALISATIONS[target].channels) return false;
  return [0, 255].every((byte) =>
    [0, 1, 2].every((c) => {
      const value = gain[c] * normalised(input, byte, c) + offset[c];
      const wanted = normalised(target, byte, c);
      return Math.abs(value - wanted) <= TOLERANCE * Math.max(1, Math.abs(wanted) / 5);
    }),
  );
}

function normalised(name: NormalisationName, byte: number, c: number): number {
  const { scale, mean, std } = NORMALISATIONS[name];
  return (byte * scale - mean[c]) / std[c];
}

/** A batch normalisation in front of everything has seen the training pictures as they came. */
function fromStatistics(model: OnnxModel, node: OnnxNode): NormalisationName {
  const mean = constant(model, node.inputs[3]);
  const variance = constant(model, node.inputs[4]);
  if (!mean || !variance) return 'imagenet';
  const average = mean.reduce((a, b) => a + b, 0) / mean.length;
  const spread = Math.sqrt(variance.reduce((a, b) => a + b, 0) / variance.length);
  if (spread > 20 || average > 20) return 'bytes';
  if (average > 0.2 && spread < 0.5) return 'unit';
  return 'imagenet';
}
