import { PbfReader } from 'pbf';
import { TesseraError } from '../domain/errors';
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

function readNode(pbf: PbfReader, span: Span): OnnxNode {
  const node: OnnxNode = {
    ...span,
    op: '',
    domain: '',
    inputs: [],
    outputs: [],
    attributes: new Map(),
    captured: [],
  };
  readFields(pbf, span.end, (tag) => {
    if (tag === 1) node.inputs.push(pbf.readString());
    else if (tag === 2) node.outputs.push(pbf.readString());
    else if (tag === 4) node.op = pbf.readString();
    else if (tag === 5) readAttribute(pbf, readSpan(pbf, span.end).end, node);
    else if (tag === 7) node.domain = pbf.readString();
  });
  return node;
}

function readAttribute(pbf: PbfReader, end: number, node: OnnxNode): void {
  const attribute: Attribute = { i: 0, f: 0, s: '', ints: [], tensor: null };
  let name = '';
  readFields(pbf, end, (tag) => {
    if (tag === 1) name = pbf.readString();
    else if (tag === 2) attribute.f = pbf.readFloat();
    else if (tag === 3) attribute.i = pbf.readVarint(true);
    else if (tag === 4) attribute.s = pbf.readString();
    else if (tag === 5) attribute.tensor = readTensor(pbf, readSpan(pbf, end));
    else if (tag === 6 || tag === 11) readCaptured(pbf, readSpan(pbf, end).end, node.captured);
    else if (tag === 8) readInts(pbf, end, attribute.ints);
  });
  node.attributes.set(name, attribute);
}

/** Every tensor name that a subgraph reads; its own names among them do no harm. */
function readCaptured(pbf: PbfReader, end: number, captured: string[]): void {
  readFields(pbf, end, (tag) => {
    if (tag === 1) {
      const inner = readNode(pbf, readSpan(pbf, end));
      captured.push(...inner.inputs, ...inner.captured);
    } else if (tag === 12) captured.push(readValueInfo(pbf, readSpan(pbf, end)).name);
  });
}

function readInts(pbf: PbfReader, end: number, into: number[]): void {
  if (pbf.type === 0) {
    into.push(pbf.readVarint(true));
    return;
  }
  const span = readSpan(pbf, end);
  while (pbf.pos < span.end) into.push(pbf.readVarint(true));
}

const EXTERNAL = 1;
/** Fields of TensorProto that hold numbers one by one: float, int32, int64, double, uint64. */
const PACKED = new Set([4, 5, 7, 10, 11]);

function readTensor(pbf: PbfReader, span: Span): TensorInfo {
  const tensor: TensorInfo = { ...span, name: '', dims: [], dataType: 0, raw: null, packed: null };
  readFields(pbf, span.end, (tag) => {
    if (tag === 1) readInts(pbf, span.end, tensor.dims);
    else if (tag === 2) tensor.dataType = pbf.readVarint();
    else if (tag === 8) tensor.name = pbf.readString();
    else if (tag === 9) tensor.raw = skipSpan(pbf, span.end);
    else if (PACKED.has(tag) && pbf.type === 2) tensor.packed = { tag, span: skipSpan(pbf, span.end) };
    else if (tag === 14 && pbf.readVarint() === EXTERNAL)
      throw notOnnx(
        'The weights of this network are in another file; export it as one .onnx file with them inside.',
      );
  });
  return tensor;
}

function readValueInfo(pbf: PbfReader, span: Span): ValueInfo {
  const info: ValueInfo = { ...span, name: '', elemType: 0, shape: null };
  readFields(pbf, span.end, (tag) => {
    if (tag === 1) info.name = pbf.readString();
    else if (tag === 2) readType(pbf, readSpan(pbf, span.end).end, info);
  });
  return info;
}

function readType(pbf: PbfReader, end: number, info: ValueInfo): void {
  readFields(pbf, end, (tag) => {
    if (tag !== 1) return;
    const tensor = readSpan(pbf, end);
    readFields(pbf, tensor.end, (inner) => {
      if (inner === 1) info.elemType = pbf.readVarint();
      else if (inner === 2) info.shape = readShape(pbf, readSpan(pbf, tensor.end).end);
    });
  });
}

function readShape(pbf: PbfReader, end: number): Dim[] {
  const shape: Dim[] = [];
  readFields(pbf, end, (tag) => {
    if (tag !== 1) return;
    const dim = readSpan(pbf, end);
    let size: Dim = null;
    readFields(pbf, dim.end, (inner) => {
      if (inner === 1) size = pbf.readVarint(true);
      else if (inner === 2) size = pbf.readString();
    });
    // Exporters write an unknown size as 0, -1 or an empty name.
    shape.push(size === '' || (typeof size === 'number' && size < 1) ? null : size);
  });
  return shape;
}
