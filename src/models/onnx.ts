import { PbfReader } from 'pbf';
import { TesseraError } from '../domain/errors';
import { readNode, readTensor, readValueInfo } from './onnx-messages';
import { readFields, readSpan, skipSpan, type Span } from './wire';

/** Element types of `onnx.TensorProto.DataType` that occur here. */
export const FLOAT = 1;
export const FLOAT16 = 10;
export const INT64 = 7;

/** A fixed size, the name of a symbolic one, or null when the file says nothing. */
export type Dim = number | string | null;

export interface ValueInfo extends Span {
  name: string;
  elemType: number;
  /** Null when the file gives no shape. */
  shape: Dim[] | null;
}

/** A constant of the graph. Its numbers stay in the file: `raw` little-endian, the others packed protobuf. */
export interface TensorInfo extends Span {
  name: string;
  dims: number[];
  dataType: number;
  raw: Span | null;
  packed: { tag: number; span: Span } | null;
}

export interface Attribute {
  i: number;
  f: number;
  s: string;
  ints: number[];
  tensor: TensorInfo | null;
}

export interface OnnxNode extends Span {
  op: string;
  domain: string;
  inputs: string[];
  outputs: string[];
  attributes: Map<string, Attribute>;
  /** Tensors of this graph that a subgraph of the node (If, Loop) reads by name. */
  captured: string[];
}

/** A model file opened for reading; every span points into `bytes`, nothing is copied. */
export interface OnnxModel {
  bytes: Uint8Array;
  irVersion: number;
  opset: number;
  producer: string;
  doc: string;
  /** Fields of the model around the graph, tag and value together, to be copied as they are. */
  others: Span[];
  graphName: string;
  nodes: OnnxNode[];
  /** Without the initialisers that files of IR version 3 repeat here. */
  inputs: ValueInfo[];
  outputs: ValueInfo[];
  initialisers: Map<string, TensorInfo>;
  sparseInitialisers: Span[];
  valueInfo: Map<string, ValueInfo>;
}

/**
 * Reads the graph of an ONNX file, leaving the weights where they are.
 * @throws TesseraError `model-not-onnx` for anything else, cut files and weights kept in another file;
 *   `model-inputs` unless exactly one input is not an initialiser.
 */
export function readModel(bytes: Uint8Array): OnnxModel {
  let model: OnnxModel;
  try {
    model = readModelProto(new PbfReader(bytes), bytes);
  } catch (cause) {
    if (cause instanceof TesseraError) throw cause;
    throw notOnnx(
      'This file is not an ONNX model, or it is damaged; export the network as one .onnx file.',
      cause,
    );
  }
  if (model.irVersion < 1 || model.nodes.length === 0 || model.outputs.length === 0)
    throw notOnnx('This file holds no ONNX graph; export the network as one .onnx file.');
  if (model.inputs.length !== 1)
    throw new TesseraError(
      'model-inputs',
      `This network has ${model.inputs.length} inputs; only networks that take one image can be used.`,
      { inputs: model.inputs.length },
    );
  return model;
}

function notOnnx(sentence: string, cause?: unknown): TesseraError {
  return new TesseraError('model-not-onnx', sentence, {}, { cause });
}

function readModelProto(pbf: PbfReader, bytes: Uint8Array): OnnxModel {
  const model: OnnxModel = {
    bytes,
    irVersion: 0,
    opset: 0,
    producer: '',
    doc: '',
    others: [],
    graphName: '',
    nodes: [],
    inputs: [],
    outputs: [],
    initialisers: new Map(),
    sparseInitialisers: [],
    valueInfo: new Map(),
  };
  const end = bytes.length;
  let from = 0;
  readFields(pbf, end, (tag) => {
    if (tag === 1) model.irVersion = pbf.readVarint();
    else if (tag === 7) readGraph(pbf, readSpan(pbf, end).end, model);
    else {
      if (tag === 2) model.producer = pbf.readString();
      else if (tag === 6) model.doc = pbf.readString();
      else if (tag === 8) readOpset(pbf, readSpan(pbf, end).end, model);
      else pbf.skip(pbf.type);
      if (tag !== TRAINING_INFO) model.others.push({ start: from, end: pbf.pos });
    }
    from = pbf.pos;
  });
  model.inputs = model.inputs.filter((input) => !model.initialisers.has(input.name));
  return model;
}

const TRAINING_INFO = 20;

function readOpset(pbf: PbfReader, end: number, model: OnnxModel): void {
  let domain = '';
  let version = 0;
  readFields(pbf, end, (tag) => {
    if (tag === 1) domain = pbf.readString();
    else if (tag === 2) version = pbf.readVarint();
  });
  if (domain === '' || domain === 'ai.onnx') model.opset = version;
}

function readGraph(pbf: PbfReader, end: number, model: OnnxModel): void {
  readFields(pbf, end, (tag) => {
    if (tag === 1) model.nodes.push(readNode(pbf, readSpan(pbf, end)));
    else if (tag === 2) model.graphName = pbf.readString();
    else if (tag === 5) {
      const tensor = readTensor(pbf, readSpan(pbf, end));
      model.initialisers.set(tensor.name, tensor);
    } else if (tag === 11) model.inputs.push(readValueInfo(pbf, readSpan(pbf, end)));
    else if (tag === 12) model.outputs.push(readValueInfo(pbf, readSpan(pbf, end)));
    else if (tag === 13) {
      const info = readValueInfo(pbf, readSpan(pbf, end));
      model.valueInfo.set(info.name, info);
    } else if (tag === 15) model.sparseInitialisers.push(skipSpan(pbf, end));
  });
}
