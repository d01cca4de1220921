import { TesseraError } from '../domain/errors';
import type { Pool } from '../domain/spec';
import { dataPath, producers } from './graph';
import { mapLayout } from './map-layout';
import type { OnnxModel, OnnxNode } from './onnx';
import type { Shape } from './shapes';

/** A tensor that can be the descriptor. */
export interface Layer {
  /** The tensor's name in the file. */
  name: string;
  /** The operator that computes it. */
  op: string;
  /** Sizes without the batch axis. */
  shape: Shape;
  /** Feature maps can be pooled over their spatial axes; vectors are taken as they are. */
  kind: 'vector' | 'map';
  /** Numbers an image by the way of pooling; null where the file does not tell. */
  dim: Record<Pool, number | null>;
}

export interface Layers {
  /** What to cut at unless the person chooses otherwise. */
  proposed: { name: string; pool: Pool };
  /** All that can be chosen, in the order of computation. */
  selectable: Layer[];
}

/**
 * Finds the tensors to cut a classifier at. Proposed is the input of the last fully connected layer (for networks of
 * the VGG kind the vector between the last two), else the pooled output of the network.
 * @throws TesseraError `model-no-layer` when nothing in the graph can serve.
 */
export function findLayers(model: OnnxModel, shapes: Map<string, Shape>): Layers {
  const selectable = trunk(model).flatMap((node) => layer(model, node, shapes));
  const name = classifierInput(model, shapes);
  const proposed = selectable.find((candidate) => candidate.name === name) ?? lastFeatures(model, selectable);
  if (!proposed)
    throw new TesseraError(
      'model-no-layer',
      'No layer of this network gives one vector or feature map an image; export an image classifier.',
    );
  return { proposed: { name: proposed.name, pool: proposed.kind === 'map' ? 'avg' : 'none' }, selectable };
}

/** Operators that change no values, or only turn scores into other scores. */
const PASSING = new Set(
  'Identity Dropout Cast Reshape Flatten Squeeze Slice Clip Sigmoid Softmax LogSoftmax'.split(' '),
);
const POOLING = new Set(['GlobalAveragePool', 'GlobalMaxPool', 'AveragePool', 'ReduceMean', 'ReduceMax']);

/** Follows the graph back from its first output to the last layer with trained weights; gives what that layer reads. */
function classifierInput(model: OnnxModel, shapes: Map<string, Shape>): string | null {
  const producer = producers(model);
  const computed = dataPath(model).tensors;
  const seen = new Set<string>();
  let scores = false;
  let at = model.outputs[0].name;
  for (let node = producer.get(at); node && !seen.has(at); node = producer.get(at)) {
    seen.add(at);
    scores ||= node.op.endsWith('Softmax');
    const [first, second] = node.inputs;
    const trained = !computed.has(second);
    if ((node.op === 'Gemm' || node.op === 'MatMul') && trained) return withoutDropout(producer, first);
    if (node.op === 'Conv' && (scores || isOneByOne(shapes.get(first))))
      return withoutDropout(producer, first);
    // A network that ends in pooling gives features, unless class probabilities are made of it (SqueezeNet).
    if (POOLING.has(node.op) && !scores) return model.outputs[0].name;
    if (node.op === 'Add' || node.op === 'Mul') at = trained ? first : second;
    else if (PASSING.has(node.op) || POOLING.has(node.op) || (scores && node.op === 'Relu')) at = first;
    else return null;
  }
  return null;
}

/** A trained network's dropout does nothing: the tensor before it is the same. */
function withoutDropout(producer: Map<string, OnnxNode>, name: string): string {
  const node = producer.get(name);
  return node?.op === 'Dropout' && node.inputs[0] !== name ? node.inputs[0] : name;
}

function isOneByOne(shape: Shape | undefined): boolean {
  return shape?.length === 4 && shape[2] === 1 && shape[3] === 1;
}

/** Without a classifier at the end: the output when it is a vector, else the last feature map. */
function lastFeatures(model: OnnxModel, selectable: Layer[]): Layer | undefined {
  const last = selectable.at(-1);
  if (last?.kind === 'vector' && last.name === model.outputs[0].name) return last;
  return selectable.findLast((candidate) => candidate.kind === 'map') ?? last;
}

/**
 * The nodes whose output everything after them is computed from: those between the blocks of a residual network, not
 * those on one side of a block.
 */
function trunk(model: OnnxModel): OnnxNode[] {
  const path = dataPath(model).nodes;
  const lastUse = new Map<string, number>();
  path.forEach((node, i) => [...node.inputs, ...node.captured].forEach((name) => lastUse.set(name, i)));
  let open = lastUse.get(model.inputs[0].name) ?? 0;
  return path.filter((node, i) => {
    const alone = open <= i;
    for (const output of node.outputs) open = Math.max(open, lastUse.get(output) ?? i);
    return alone;
  });
}

/** Followed by one of these, a tensor is only half of a layer. */
const COMPLETING = new Set('BatchNormalization Relu LeakyRelu PRelu Clip HardSwish Identity'.split(' '));
/** Followed by one of these, a map of one pixel is a vector in the making. */
const FLATTENING = new Set(['Flatten', 'Reshape', 'Squeeze']);
/** Results of these are no layer of their own. */
const NO_LAYER = new Set(['Dropout', 'Identity', 'Cast', 'Pad', 'Transpose']);

function layer(model: OnnxModel, node: OnnxNode, shapes: Map<string, Shape>): Layer[] {
  const name = node.outputs[0];
  const full = shapes.get(name);
  if (!full || NO_LAYER.has(node.op)) return [];
  const pixel = isOneByOne(full);
  const isMap = full.length === 4 && !pixel;
  const users = model.nodes.filter((user) => user.inputs.includes(name));
  const next = users.length === 1 ? users[0].op : '';
  if ((!isMap && !pixel && full.length !== 2) || COMPLETING.has(next) || (pixel && FLATTENING.has(next)))
    return [];
  const shape = full.slice(1);
  const count = shape.reduce((a, b) => (a === null || b === null ? null : a * b), 1);
  const channels = isMap ? (mapLayout(model, name) === 'NCHW' ? full[1] : full[3]) : count;
  const dim = { none: count, avg: channels, max: channels };
  return [{ name, op: node.op, shape, kind: isMap ? 'map' : 'vector', dim }];
}
