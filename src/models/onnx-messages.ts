import type { PbfReader } from 'pbf';
import { TesseraError } from '../domain/errors';
import type { Attribute, Dim, OnnxNode, TensorInfo, ValueInfo } from './onnx';
import { readFields, readSpan, skipSpan, type Span } from './wire';

/** A node with the attributes that matter here. */
export function readNode(pbf: PbfReader, span: Span): OnnxNode {
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

/** @throws TesseraError `model-not-onnx` for a tensor whose numbers are in another file. */
export function readTensor(pbf: PbfReader, span: Span): TensorInfo {
  const tensor: TensorInfo = { ...span, name: '', dims: [], dataType: 0, raw: null, packed: null };
  readFields(pbf, span.end, (tag) => {
    if (tag === 1) readInts(pbf, span.end, tensor.dims);
    else if (tag === 2) tensor.dataType = pbf.readVarint();
    else if (tag === 8) tensor.name = pbf.readString();
    else if (tag === 9) tensor.raw = skipSpan(pbf, span.end);
    else if (PACKED.has(tag) && pbf.type === 2) tensor.packed = { tag, span: skipSpan(pbf, span.end) };
    else if (tag === 14 && pbf.readVarint() === EXTERNAL)
      throw new TesseraError(
        'model-not-onnx',
        'The weights of this network are in another file; export it as one .onnx file with them inside.',
      );
  });
  return tensor;
}

/** Name, element type and shape of an input, output or intermediate tensor. */
export function readValueInfo(pbf: PbfReader, span: Span): ValueInfo {
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
