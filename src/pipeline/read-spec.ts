import type { EmbedSpec, InputSpec, NetworkSpec, Triple } from '../domain/spec';

/** A descriptor from a file, rebuilt field by field; unknown fields are dropped. Throws a sentence for a wrong one. */
export function readSpec(json: unknown): EmbedSpec {
  const from = new Fields(json, 'spec.json');
  if (from.oneOf('kind', ['network', 'pixels']) === 'pixels')
    return {
      kind: 'pixels',
      width: from.count('width'),
      height: from.count('height'),
      dim: from.count('dim'),
    };
  const spec: NetworkSpec = {
    kind: 'network',
    sha256: from.text('sha256'),
    title: from.text('title'),
    layer: from.text('layer'),
    pool: from.oneOf('pool', ['none', 'avg', 'max']),
    dim: from.count('dim'),
    input: readInput(from.fields('input')),
    resize: from.oneOf('resize', ['squash', 'crop']),
  };
  if (!/^[0-9a-f]{64}$/.test(spec.sha256)) throw new Error('spec.json: "sha256" is not a SHA-256.');
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

class Fields {
  private readonly values: Record<string, unknown>;

  constructor(
    json: unknown,
    private readonly where: string,
  ) {
    if (typeof json !== 'object' || json === null) throw new Error(`${where} is not an object.`);
    this.values = json as Record<string, unknown>;
  }

  fields(key: string): Fields {
    return new Fields(this.values[key], `${this.where}: "${key}"`);
  }

  text(key: string): string {
    const value = this.values[key];
    if (typeof value !== 'string' || value.length > 1000) throw this.wrong(key, 'a text');
    return value;
  }

  number(key: string): number {
    const value = this.values[key];
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.wrong(key, 'a number');
    return value;
  }

  count(key: string): number {
    const value = this.number(key);
    if (!Number.isInteger(value) || value < 1 || value > 1e6)
      throw this.wrong(key, 'a whole number from 1 on');
    return value;
  }

  oneOf<T extends string>(key: string, allowed: readonly T[]): T {
    const value = this.values[key];
    const found = allowed.find((one) => one === value);
    if (!found) throw this.wrong(key, `one of ${allowed.join(', ')}`);
    return found;
  }

  triple(key: string): Triple {
    const value = this.values[key];
    if (!Array.isArray(value) || value.length !== 3 || !value.every(Number.isFinite))
      throw this.wrong(key, 'three numbers');
    return [Number(value[0]), Number(value[1]), Number(value[2])];
  }

  private wrong(key: string, expected: string): Error {
    return new Error(`${this.where}: "${key}" is not ${expected}.`);
  }
}
