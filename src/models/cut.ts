import { TesseraError } from '../domain/errors';
import type { Pool } from '../domain/spec';
import { isBatchFree } from './batch';
import { encodeInt64, encodeNode, encodeValueInfo, type Attributes } from './encode';
import { producers } from './graph';
import { mapLayout } from './map-layout';
import { FLOAT, FLOAT16, readModel, type Dim, type OnnxModel, type OnnxNode } from './onnx';
import { concat, encode, field, type Span } from './wire';

/** The symbolic name that a freed batch axis gets. */
const BATCH = 'tessera_batch';

export interface CutModel {
  bytes: Uint8Array<ArrayBuffer>;
  input: string;
  output: string;
  /** Images that a run must have; null: any number. */
  batch: number | null;
  /** The input's shape as it now stands in the file; null where it says nothing. */
  shape: Dim[] | null;
}

/**
 * Cuts a classifier at `layer`: the layer, pooled over its spatial axes when `pool` says so and flattened to
 * (images, dim), becomes the only output; nodes and weights that it does not need are left out. Kept ones are
 * copied byte for byte. A fixed batch size is freed where every operator allows it; an input of another element
 * type becomes float32, with a Cast behind it.
 * @throws TesseraError `model-no-layer` when the graph computes no such tensor; see `readModel` for the rest.
 */
export function cutModel(bytes: Uint8Array, layer: string, pool: Pool): CutModel {
  const model = readModel(bytes);
  const nodes = neededNodes(model, layer);
  const used = new Set(nodes.flatMap((node) => [...node.inputs, ...node.captured]));
  const head = castInput(model);
  const tail = pooledAndFlat(model, layer, pool);
  const { shape, batch } = inputShape(model, nodes);
  const raw = (span: Span) => bytes.subarray(span.start, span.end);
  const weights = [...model.initialisers.values()].filter((tensor) => used.has(tensor.name));
  const graph = [
    ...[...head.nodes, ...nodes.map(raw), ...tail.nodes].flatMap((node) => field(1, [node])),
    ...field(2, [new TextEncoder().encode(model.graphName || 'graph')]),
    ...[...weights.map(raw), ...tail.tensors].flatMap((tensor) => field(5, [tensor])),
    ...field(11, [encodeValueInfo(head.input, shape)]),
    ...field(12, [encodeValueInfo(tail.output, [null, null])]),
    ...model.sparseInitialisers.flatMap((span) => field(15, [raw(span)])),
  ];
  // From IR version 4 on, weights are not inputs as well, so the runtime may fold them as constants.
  const version = encode((pbf) => pbf.writeVarintField(1, Math.max(4, model.irVersion)));
  return {
    bytes: concat([version, ...model.others.map(raw), ...field(7, graph)]),
    input: head.input,
    output: tail.output,
    batch,
    shape,
  };
}

/** The nodes that `layer` depends on, in the order of the file. */
function neededNodes(model: OnnxModel, layer: string): OnnxNode[] {
  const producer = producers(model);
  if (layer === '' || !producer.has(layer))
    throw new TesseraError(
      'model-no-layer',
      `The network has no layer called "${layer}"; choose another one.`,
      {
        layer,
      },
    );
  const needed = new Set<OnnxNode>();
  const open = [layer];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = producer.get(name);
    if (!node || needed.has(node)) continue;
    needed.add(node);
    open.push(...node.inputs, ...node.captured);
  }
  return model.nodes.filter((node) => needed.has(node));
}

interface Tail {
  nodes: Uint8Array[];
  tensors: Uint8Array[];
  output: string;
}

function pooledAndFlat(model: OnnxModel, layer: string, pool: Pool): Tail {
  const tail: Tail = { nodes: [], tensors: [], output: layer };
  const append = (op: string, inputs: string[], attributes: Attributes) => {
    const output = `tessera_${op}`;
    tail.nodes.push(encodeNode(op, [tail.output, ...inputs], output, attributes));
    tail.output = output;
  };
  if (pool !== 'none' && mapLayout(model, layer) === 'NCHW')
    append(pool === 'avg' ? 'GlobalAveragePool' : 'GlobalMaxPool', [], {});
  else if (pool !== 'none') {
    const op = pool === 'avg' ? 'ReduceMean' : 'ReduceMax';
    // Operator set 18 turned the axes from an attribute into an input.
    if (model.opset < 18) append(op, [], { axes: [1, 2], keepdims: 0 });
    else {
      tail.tensors.push(encodeInt64('tessera_axes', [1, 2]));
      append(op, ['tessera_axes'], { keepdims: 0 });
    }
  }
  append('Flatten', [], { axis: 1 });
  if (model.inputs[0].elemType === FLOAT16) append('Cast', [], { to: FLOAT });
  return tail;
}

function castInput(model: OnnxModel): { nodes: Uint8Array[]; input: string } {
  const { name, elemType } = model.inputs[0];
  if (elemType === FLOAT || elemType === 0) return { nodes: [], input: name };
  const input = 'tessera_input';
  return { nodes: [encodeNode('Cast', [input], name, { to: elemType })], input };
}

function inputShape(model: OnnxModel, nodes: OnnxNode[]): { shape: Dim[] | null; batch: number | null } {
  const { shape } = model.inputs[0];
  const batch = shape?.[0];
  if (!shape || typeof batch !== 'number') return { shape, batch: null };
  return isBatchFree(model, nodes) ? { shape: [BATCH, ...shape.slice(1)], batch: null } : { shape, batch };
}
