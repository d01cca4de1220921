import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readShared, shared } from '../../test/shared';
import { DEFAULT_MODEL, defaultSpec } from './catalogue';
import { inspectModel, specFor } from './inspect';

const inspect = (name: string) =>
  inspectModel(new Uint8Array(readFileSync(`test/fixtures/onnx/${name}.onnx`)), 'a'.repeat(64), name);

describe('proposed layer', () => {
  it.each([
    ['resnet', 'features', 'none', 8],
    ['f16-weights', 'features', 'none', 8],
    ['vgg', 'fc7', 'none', 16],
    ['softmax-tail', 'features', 'none', 6],
    ['nhwc', 'mean', 'none', 7],
    ['nhwc-opset18', 'mean', 'none', 7],
    ['fixed-batch', 'features', 'none', 6],
    ['fixed-batch-reshape', 'features', 'none', 6],
    ['ir3', 'pool1_flat', 'none', 6],
    ['f16', 'features', 'none', 6],
    ['squeezenet', 'fire9', 'avg', 6],
    ['headless-bytes', 'embedding', 'none', 6],
    ['grey', 'features', 'none', 6],
  ])('%s: %s', (name, layer, pool, dim) => {
    const network = inspect(name);
    expect(network.proposed).toEqual({ name: layer, pool });
    expect(specFor(network, { resize: 'squash' })).toMatchObject({ kind: 'network', layer, pool, dim });
  });

  it('is refused when nothing in the network can serve', () => {
    expect(() => inspect('no-layer')).toThrow('No layer');
  });
});

describe('selectable layers', () => {
  it('are those between the blocks, with their sizes', () => {
    const rows = inspect('resnet').selectable.map(({ name, kind, shape }) => [name, kind, shape]);
    expect(rows).toEqual([
      ['relu_3', 'map', [6, 16, 16]],
      ['maxpool_4', 'map', [6, 8, 8]],
      ['block1', 'map', [6, 8, 8]],
      ['block2', 'map', [8, 4, 4]],
      ['features', 'vector', [8]],
      ['logits', 'vector', [5]],
    ]);
  });

  it('know the channels of a map that has them last', () => {
    const map = inspect('nhwc').selectable.find((layer) => layer.name === 'map')!;
    expect(map).toMatchObject({ kind: 'map', shape: [6, 6, 7], dim: { avg: 7, max: 7, none: 252 } });
  });

  it('give a descriptor with the pooling asked for; vectors are not pooled', () => {
    const network = inspect('resnet');
    expect(specFor(network, { resize: 'crop', layer: 'block1', pool: 'max' })).toMatchObject({
      pool: 'max',
      dim: 6,
    });
    expect(specFor(network, { resize: 'crop', layer: 'block1', pool: 'none' })).toMatchObject({
      pool: 'none',
      dim: 384,
    });
    expect(specFor(network, { resize: 'crop', layer: 'features', pool: 'max' })).toMatchObject({
      pool: 'none',
      dim: 8,
    });
    expect(() => specFor(network, { resize: 'crop', layer: 'w0' })).toThrow('no layer called "w0"');
  });
});

describe('detected input', () => {
  it.each([
    ['resnet', { name: 'input', width: 32, height: 32, layout: 'NCHW' }, 'imagenet', ['normalisation'], null],
    ['f16-weights', { name: 'input', width: 224, height: 224 }, 'imagenet', ['size', 'normalisation'], null],
    ['nhwc', { name: 'images', width: 24, height: 24, layout: 'NHWC' }, 'symmetric', ['normalisation'], null],
    ['fixed-batch', { name: 'input', width: 16 }, 'imagenet', ['normalisation'], 1],
    ['ir3', { name: 'data', width: 16 }, 'imagenet', ['normalisation'], null],
    ['headless-bytes', { name: 'image', width: 16, scale: 1, mean: [0, 0, 0] }, 'bytes', [], null],
    ['grey', { name: 'grey', width: 16, channels: 'grey' }, 'imagenet', ['normalisation'], null],
  ])('%s', (name, input, normalisation, questions, batch) => {
    const { detected } = inspect(name);
    expect(detected.input).toMatchObject(input);
    expect(detected).toMatchObject({ normalisation, questions, batch, certain: questions.length === 0 });
  });

  it('takes the convention from the file name where nothing else tells', () => {
    const bytes = new Uint8Array(readFileSync('test/fixtures/onnx/nhwc.onnx'));
    const { detected } = inspectModel(bytes, '', 'efficientnet-lite4-11.onnx');
    expect(detected.input).toMatchObject({ scale: 1, mean: [127, 127, 127], std: [128, 128, 128] });
  });
});

describe('real networks', () => {
  it('agrees with what is known of the default network', () => {
    const bytes = new Uint8Array(readFileSync(`public/${DEFAULT_MODEL.url}`));
    const network = inspectModel(bytes, DEFAULT_MODEL.sha256, DEFAULT_MODEL.title);
    const { input } = DEFAULT_MODEL.use;
    expect(network.detected.questions).toEqual(['size', 'normalisation']);
    expect(specFor(network, { resize: 'squash', input })).toEqual(defaultSpec('squash'));
  });

  it.skipIf(!shared('models')).each([
    ['resnet18-imagenet-logits', 512, false],
    ['resnet50-imagenet-logits-f16weights', 2048, false],
    ['mobilenetv2-imagenet-logits', 1280, true],
  ])('%s is cut at its embedding (needs shared models)', (name, dim, certain) => {
    const network = inspectModel(gunzipSync(readShared(`models/${name}.onnx.gz`)), '', name);
    expect(specFor(network, { resize: 'crop' })).toMatchObject({ layer: 'embedding', pool: 'none', dim });
    expect(network.detected).toMatchObject({
      normalisation: 'imagenet',
      certain,
      input: { width: 224, layout: 'NCHW' },
    });
    expect(network.selectable.filter((layer) => layer.kind === 'map').length).toBeGreaterThan(5);
  });
});
