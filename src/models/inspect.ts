import type { InputSpec, NetworkSpec, Pool, ResizeMode } from '../domain/spec';
import { TesseraError } from '../domain/errors';
import { detectInput, type DetectedInput } from './input';
import { findLayers, type Layers } from './layers';
import { readModel, type OnnxModel } from './onnx';
import { inferShapes, type Shape } from './shapes';

/** What the page shows of a network before it is used. */
export interface Inspected extends Layers {
  sha256: string;
  title: string;
  bytes: number;
  opset: number;
  producer: string;
  nodes: number;
  detected: DetectedInput;
}

/**
 * Reads a network's file: what it takes, and where it can be cut.
 * @throws TesseraError `model-not-onnx`, `model-inputs`, `model-no-layer`.
 */
export function inspectModel(file: Uint8Array, sha256: string, title: string): Inspected {
  const model = readModel(file);
  const detected = detectInput(model, title);
  const { opset, producer } = model;
  const layers = findLayers(model, inferShapes(model, inputShape(model, detected.input)));
  return {
    sha256,
    title,
    bytes: file.length,
    opset,
    producer,
    nodes: model.nodes.length,
    detected,
    ...layers,
  };
}

function inputShape(model: OnnxModel, input: InputSpec): Shape {
  const channels = input.channels === 'grey' ? 1 : 3;
  const batch = model.inputs[0].shape?.[0];
  const image =
    input.layout === 'NCHW' ? [channels, input.height, input.width] : [input.height, input.width, channels];
  return [typeof batch === 'number' ? batch : null, ...image];
}

/** What a person may set in place of what was proposed and detected. */
export interface SpecChoice {
  resize: ResizeMode;
  layer?: string;
  pool?: Pool;
  input?: InputSpec;
}

/**
 * The descriptor that an inspected network gives. `dim` is 0 where the file does not tell; the embedder measures it then.
 * @throws TesseraError `model-no-layer` for a layer that is not selectable.
 */
export function specFor(network: Inspected, choice: SpecChoice): NetworkSpec {
  const name = choice.layer ?? network.proposed.name;
  const layer = network.selectable.find((candidate) => candidate.name === name);
  if (!layer)
    throw new TesseraError(
      'model-no-layer',
      `The network has no layer called "${name}"; choose another one.`,
      { layer: name },
    );
  const asked = choice.pool ?? (layer.kind === 'map' ? 'avg' : 'none');
  const pool = layer.kind === 'map' ? asked : 'none';
  return {
    kind: 'network',
    sha256: network.sha256,
    title: network.title,
    layer: name,
    pool,
    dim: layer.dim[pool] ?? 0,
    input: choice.input ?? network.detected.input,
    resize: choice.resize,
  };
}
