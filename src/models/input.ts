import { TesseraError } from '../domain/errors';
import type { InputSpec } from '../domain/spec';
import { constantTensor } from './constants';
import { NORMALISATIONS, type NormalisationName } from './normalisations';
import { detectNormalisation } from './normalisation';
import { dataPath } from './graph';
import type { Dim, OnnxModel } from './onnx';

/** What a file leaves open and the page should ask. */
export type InputQuestion = 'size' | 'layout' | 'normalisation';

export interface DetectedInput {
  input: InputSpec;
  normalisation: NormalisationName;
  /** Nothing was guessed. */
  certain: boolean;
  questions: InputQuestion[];
  /** Images of a run where the file fixes it; null: any number. */
  batch: number | null;
}

/** The side that classifiers are trained at unless they say otherwise. */
const USUAL_SIDE = 224;
const SMALLEST = 8;
const LARGEST = 4096;

/**
 * Reads what a network takes from its file; `hint` is the file's name. What the file does not say is guessed and
 * listed in `questions`.
 * @throws TesseraError `model-inputs` when the input cannot be an image.
 */
export function detectInput(model: OnnxModel, hint = ''): DetectedInput {
  const { name, shape } = model.inputs[0];
  const layout = detectLayout(model, shape, name);
  const axes =
    layout.value === 'NCHW' ? { channels: 1, height: 2, width: 3 } : { height: 1, width: 2, channels: 3 };
  const count = fixed(shape?.[axes.channels]) ?? layout.channels ?? 3;
  if (count !== 1 && count !== 3) throw notAnImage(name, shape);
  const [height, width] = [fixed(shape?.[axes.height]), fixed(shape?.[axes.width])];
  for (const side of [height, width])
    if (side !== null && (side < SMALLEST || side > LARGEST)) throw notAnImage(name, shape);
  const values = detectNormalisation(model, layout.value, hint);
  const questions: InputQuestion[] = [];
  if (height === null || width === null) questions.push('size');
  if (!layout.certain) questions.push('layout');
  if (!values.certain) questions.push('normalisation');
  return {
    input: {
      name,
      width: width ?? height ?? USUAL_SIDE,
      height: height ?? width ?? USUAL_SIDE,
      layout: layout.value,
      ...NORMALISATIONS[values.name],
      ...(count === 1 ? { channels: 'grey' as const } : {}),
    },
    normalisation: values.name,
    certain: questions.length === 0,
    questions,
    batch: fixed(shape?.[0]),
  };
}

function fixed(dim: Dim | undefined): number | null {
  return typeof dim === 'number' ? dim : null;
}

interface Layout {
  value: InputSpec['layout'];
  certain: boolean;
  channels: number | null;
}

function detectLayout(model: OnnxModel, shape: Dim[] | null, name: string): Layout {
  if (shape && shape.length !== 4) throw notAnImage(name, shape);
  const isChannels = (dim: Dim | undefined) => dim === 1 || dim === 3;
  const [first, last] = [isChannels(shape?.[1]), isChannels(shape?.[3])];
  if (first !== last) return { value: first ? 'NCHW' : 'NHWC', certain: true, channels: null };
  return fromFirstLayers(model);
}

/** ONNX convolutions take channels first, so channels come last where a Transpose stands in front of the first one. */
function fromFirstLayers(model: OnnxModel): Layout {
  for (const node of dataPath(model).nodes) {
    if (node.op === 'Transpose' && node.attributes.get('perm')?.ints.join() === '0,3,1,2')
      return { value: 'NHWC', certain: true, channels: null };
    if (node.op === 'Conv') {
      const weights = constantTensor(model, node.inputs[1])?.dims;
      const group = node.attributes.get('group')?.i || 1;
      return { value: 'NCHW', certain: weights !== undefined, channels: weights ? weights[1] * group : null };
    }
  }
  return { value: 'NCHW', certain: false, channels: null };
}

function notAnImage(name: string, shape: Dim[] | null): TesseraError {
  const sizes = shape?.map((dim) => dim ?? '?').join(' x ') ?? 'unknown';
  return new TesseraError(
    'model-inputs',
    `The network's input "${name}" (${sizes}) does not take a colour or grey image; choose another network.`,
    { input: name, shape: sizes },
  );
}
