import type { InputSpec, Triple } from '../domain/spec';

/** How a network wants the bytes of a picture, as `InputSpec` writes it. */
export type Normalisation = Pick<InputSpec, 'scale' | 'mean' | 'std' | 'channels'>;

const same = (value: number): Triple => [value, value, value];

/** The conventions in use, by name; the page offers them where a file does not tell. */
export const NORMALISATIONS = {
  /** torchvision, timm, Gluon: (x / 255 - mean) / std of ImageNet. */
  imagenet: { scale: 1 / 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225], channels: 'RGB' },
  /** TensorFlow: -1 .. 1. */
  symmetric: { scale: 1 / 127.5, mean: same(1), std: same(1), channels: 'RGB' },
  /** 0 .. 1. */
  unit: { scale: 1 / 255, mean: same(0), std: same(1), channels: 'RGB' },
  /** EfficientNet-Lite: (x - 127) / 128. */
  lite: { scale: 1, mean: same(127), std: same(128), channels: 'RGB' },
  /** Caffe: blue first, the mean colour taken off. */
  caffe: { scale: 1, mean: [103.939, 116.779, 123.68], std: same(1), channels: 'BGR' },
  /** 0 .. 255: the network scales by itself. */
  bytes: { scale: 1, mean: same(0), std: same(1), channels: 'RGB' },
} as const satisfies Record<string, Normalisation>;

export type NormalisationName = keyof typeof NORMALISATIONS;
