import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readShared, shared } from '../../test/shared';
import { cutModel } from './cut';
import { readModel } from './onnx';

const fixture = (name: string) => new Uint8Array(readFileSync(`test/fixtures/onnx/${name}.onnx`));

function reread(name: string, layer: string, pool: 'none' | 'avg' | 'max') {
  const cut = cutModel(fixture(name), layer, pool);
  return { cut, model: readModel(cut.bytes) };
}

describe('cutModel', () => {
  it('makes the layer the only output and leaves out what comes after', () => {
    const { cut, model } = reread('resnet', 'features', 'none');
    expect(model.outputs.map((output) => output.name)).toEqual([cut.output]);
    expect(model.nodes.map((node) => node.op)).not.toContain('Gemm');
    expect(model.nodes.at(-1)).toMatchObject({ op: 'Flatten', inputs: ['features'] });
    const before = readModel(fixture('resnet'));
    expect(before.initialisers.size - model.initialisers.size).toBe(2);
  });

  it('copies nodes and weights byte for byte', () => {
    const { cut, model } = reread('resnet', 'features', 'none');
    const before = readModel(fixture('resnet'));
    for (const [name, tensor] of model.initialisers) {
      const old = before.initialisers.get(name)!;
      expect(cut.bytes.subarray(tensor.start, tensor.end)).toEqual(before.bytes.subarray(old.start, old.end));
    }
    expect(cut.bytes.subarray(model.nodes[0].start, model.nodes[0].end)).toEqual(
      before.bytes.subarray(before.nodes[0].start, before.nodes[0].end),
    );
  });

  it.each([
    ['resnet', 'block1', 'avg', ['GlobalAveragePool', 'Flatten']],
    ['resnet', 'block1', 'max', ['GlobalMaxPool', 'Flatten']],
    ['nhwc', 'map', 'avg', ['ReduceMean', 'Flatten']],
    ['nhwc-opset18', 'map', 'max', ['ReduceMax', 'Flatten']],
  ] as const)('pools %s at %s: %s', (name, layer, pool, ops) => {
    const { model } = reread(name, layer, pool);
    expect(model.nodes.slice(-2).map((node) => node.op)).toEqual(ops);
  });

  it('gives the axes as operator set 18 wants them', () => {
    const before = reread('nhwc', 'map', 'max').model.nodes.at(-2)!;
    expect(before.attributes.get('axes')?.ints).toEqual([1, 2]);
    expect(before.inputs).toHaveLength(1);
    const since = reread('nhwc-opset18', 'map', 'max').model;
    expect(since.nodes.at(-2)!.inputs).toEqual(['map', 'tessera_axes']);
    expect(since.initialisers.get('tessera_axes')).toMatchObject({ dims: [2], dataType: 7 });
  });

  it('frees a batch size that no operator needs, and keeps one that is built in', () => {
    const free = reread('fixed-batch', 'features', 'none');
    expect(free.cut.batch).toBeNull();
    expect(free.model.inputs[0].shape).toEqual(['tessera_batch', 3, 16, 16]);
    const fixed = reread('fixed-batch-reshape', 'features', 'none');
    expect(fixed.cut.batch).toBe(1);
    expect(fixed.model.inputs[0].shape).toEqual([1, 3, 16, 16]);
  });

  it('turns weights that were inputs into constants', () => {
    const { model } = reread('ir3', 'pool1_flat', 'none');
    expect(model.irVersion).toBe(4);
    expect(model.initialisers.size).toBeGreaterThan(0);
  });

  it('puts float32 in front of and behind a half precision network', () => {
    const { cut, model } = reread('f16', 'features', 'none');
    expect(model.inputs[0]).toMatchObject({ name: cut.input, elemType: 1 });
    expect(model.nodes[0]).toMatchObject({ op: 'Cast', outputs: ['input'] });
    expect(model.nodes.at(-1)).toMatchObject({ op: 'Cast', outputs: [cut.output] });
  });

  it('refuses a layer that the network does not compute', () => {
    expect(() => cutModel(fixture('resnet'), 'no such', 'none')).toThrow('no layer called "no such"');
    expect(() => cutModel(fixture('resnet'), 'w0', 'none')).toThrow('no layer');
    expect(() => cutModel(fixture('resnet'), '', 'none')).toThrow('no layer');
  });

  it('can be repeated on its own result', () => {
    const once = cutModel(fixture('vgg'), 'fc7', 'none');
    const twice = cutModel(once.bytes, 'fc6', 'none');
    expect(readModel(twice.bytes).nodes.filter((node) => node.op === 'Gemm')).toHaveLength(1);
  });

  it.skipIf(!shared('models')).each([
    ['resnet18-imagenet-logits', 1000 * 513 * 4],
    ['mobilenetv2-imagenet-logits', 1001 * 1281 * 4],
    ['resnet50-imagenet-logits-f16weights', 1000 * 2049 * 2],
  ])('leaves the classifier of %s out of the file (needs shared models)', (name, weights) => {
    const bytes = gunzipSync(readShared(`models/${name}.onnx.gz`));
    const cut = cutModel(bytes, 'embedding', 'none');
    expect(bytes.length - cut.bytes.length).toBeGreaterThan(weights - 5000);
    expect(readModel(cut.bytes).nodes.map((node) => node.op)).not.toContain('Gemm');
  });
});
