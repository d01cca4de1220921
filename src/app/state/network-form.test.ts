import { describe, expect, it } from 'vitest';
import { NORMALISATIONS, type Inspected } from '../../jobs/models';
import { choiceOf, dimOf, formFrom, formOf, isMap, isValid } from './network-form';

const network: Inspected = {
  sha256: 'ab',
  title: 'net',
  bytes: 1,
  opset: 17,
  producer: 'test',
  nodes: 3,
  proposed: { name: 'flat', pool: 'none' },
  selectable: [
    { name: 'map', op: 'Relu', shape: [512, 7, 7], kind: 'map', dim: { none: 25088, avg: 512, max: 512 } },
    { name: 'flat', op: 'Flatten', shape: [512], kind: 'vector', dim: { none: 512, avg: null, max: null } },
  ],
  detected: {
    input: {
      name: 'x',
      width: 224,
      height: 224,
      layout: 'NCHW',
      channels: 'RGB',
      scale: 0.0039,
      mean: [0.4, 0.4, 0.4],
      std: [0.2, 0.2, 0.2],
    },
    normalisation: 'imagenet',
    certain: false,
    questions: ['normalisation'],
    batch: null,
  },
};

describe('the form of a network', () => {
  const form = formOf(network, 'crop');

  it('begins with what was proposed and detected, and gives it back untouched', () => {
    expect(choiceOf(network, form)).toEqual({
      resize: 'crop',
      layer: 'flat',
      pool: 'none',
      input: network.detected.input,
    });
  });

  it('takes the numbers of another normalisation when one is chosen', () => {
    const { input } = choiceOf(network, { ...form, normalisation: 'symmetric', width: 96 });
    expect(input).toMatchObject({
      name: 'x',
      width: 96,
      scale: NORMALISATIONS.symmetric.scale,
      mean: [1, 1, 1],
    });
  });

  it('shows how a network is used now', () => {
    const used = {
      kind: 'network',
      sha256: 'ab',
      title: 'net',
      layer: 'map',
      pool: 'max',
      dim: 512,
    } as const;
    const input = choiceOf(network, { ...form, normalisation: 'unit', height: 64 }).input!;
    expect(formFrom(network, { ...used, input, resize: 'squash' })).toEqual({
      ...form,
      layer: 'map',
      pool: 'max',
      height: 64,
      normalisation: 'unit',
      resize: 'squash',
    });
    expect(formFrom(network, { ...used, input: network.detected.input, resize: 'crop' })).toMatchObject({
      normalisation: 'imagenet',
    });
  });

  it('knows how long the vector is, pooled or not', () => {
    expect(dimOf(network, form)).toBe(512);
    expect(dimOf(network, { ...form, layer: 'map', pool: 'none' })).toBe(25088);
    expect(dimOf(network, { ...form, layer: 'flat', pool: 'avg' })).toBe(512);
    expect(dimOf(network, { ...form, layer: 'gone' })).toBeNull();
    expect([isMap(network, 'map'), isMap(network, 'flat')]).toEqual([true, false]);
  });

  it.each([
    [224, 224, true],
    [7, 224, false],
    [224, 4097, false],
    [224.5, 224, false],
    [NaN, 224, false],
  ])('%d x %d is valid: %s', (width, height, expected) =>
    expect(isValid({ ...form, width, height })).toBe(expected),
  );
});
