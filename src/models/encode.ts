import type { PbfWriter } from 'pbf';
import { FLOAT, INT64, type Dim } from './onnx';
import { encode } from './wire';

export type Attributes = Record<string, number | number[]>;

const INT = 2;
const INTS = 7;

/** An `onnx.NodeProto` with one output and integer attributes. */
export function encodeNode(op: string, inputs: string[], output: string, attributes: Attributes): Uint8Array {
  return encode((pbf) => {
    for (const input of inputs) pbf.writeStringField(1, input);
    pbf.writeStringField(2, output);
    pbf.writeStringField(4, op);
    for (const attribute of Object.entries(attributes)) pbf.writeMessage(5, writeAttribute, attribute);
  });
}

function writeAttribute([name, value]: [string, number | number[]], pbf: PbfWriter): void {
  pbf.writeStringField(1, name);
  if (typeof value === 'number') pbf.writeVarintField(3, value);
  else for (const item of value) pbf.writeVarintField(8, item);
  pbf.writeVarintField(20, typeof value === 'number' ? INT : INTS);
}

/** An `onnx.ValueInfoProto` of a float32 tensor; a null shape says nothing about it. */
export function encodeValueInfo(name: string, shape: Dim[] | null): Uint8Array {
  return encode((pbf) => {
    pbf.writeStringField(1, name);
    pbf.writeMessage(2, writeType, shape);
  });
}

function writeType(shape: Dim[] | null, pbf: PbfWriter): void {
  pbf.writeMessage(1, writeTensorType, shape);
}

function writeTensorType(shape: Dim[] | null, pbf: PbfWriter): void {
  pbf.writeVarintField(1, FLOAT);
  if (shape) pbf.writeMessage(2, writeShape, shape);
}

function writeShape(shape: Dim[], pbf: PbfWriter): void {
  for (const dim of shape) pbf.writeMessage(1, writeDim, dim);
}

function writeDim(dim: Dim, pbf: PbfWriter): void {
  if (typeof dim === 'number') pbf.writeVarintField(1, dim);
  else if (dim !== null) pbf.writeStringField(2, dim);
}

/** An `onnx.TensorProto` with a list of whole numbers. */
export function encodeInt64(name: string, values: number[]): Uint8Array {
  return encode((pbf) => {
    pbf.writeVarintField(1, values.length);
    pbf.writeVarintField(2, INT64);
    for (const value of values) pbf.writeVarintField(7, value);
    pbf.writeStringField(8, name);
  });
}
