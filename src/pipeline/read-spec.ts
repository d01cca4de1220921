import type { EmbedSpec, InputSpec, NetworkSpec, VectorsSpec } from '../domain/spec';
import { Fields } from './fields';

/** A descriptor from a file, rebuilt field by field; unknown fields are dropped. Throws a sentence for a wrong one. */
export function readSpec(json: unknown, where = 'spec.json'): EmbedSpec {
  const from = new Fields(json, where);
  const kind = from.oneOf('kind', ['network', 'pixels', 'vectors']);
  if (kind === 'pixels')
    return { kind, width: from.count('width'), height: from.count('height'), dim: from.count('dim') };
  if (kind === 'vectors') return readVectorsSpec(from);
  const spec: NetworkSpec = {
    kind: 'network',
    sha256: from.text('sha256'),
    title: from.text('title'),
    layer: from.text('layer'),
    pool: from.oneOf('pool', ['none', 'avg', 'max']),
    // 0 where the network's file does not tell.
    dim: from.integer('dim', 0, 1e6),
    input: readInput(from.fields('input')),
    resize: from.oneOf('resize', ['squash', 'crop']),
  };
  if (!/^[0-9a-f]{64}$/.test(spec.sha256)) throw from.wrong('sha256', 'a SHA-256');
  return spec;
}

function readVectorsSpec(from: Fields): VectorsSpec {
  const spec: VectorsSpec = {
    kind: 'vectors',
    file: from.text('file'),
    array: from.text('array'),
    paths: from.text('paths'),
    title: from.text('title'),
    dim: from.count('dim'),
  };
  if (!/^[0-9a-f]{64}$/.test(spec.file)) throw from.wrong('file', 'a fingerprint');
  if (!/^([0-9a-f]{64})?$/.test(spec.paths)) throw from.wrong('paths', 'a fingerprint');
  return spec;
}

function readInput(from: Fields): InputSpec {
  return {
    name: from.text('name'),
    width: from.count('width'),
    height: from.count('height'),
    layout: from.oneOf('layout', ['NCHW', 'NHWC']),
    channels: from.oneOf('channels', ['RGB', 'BGR', 'grey']),
    scale: from.number('scale'),
    mean: from.triple('mean'),
    std: from.triple('std'),
  };
}
