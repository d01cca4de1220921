import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { readShared, shared } from '../../test/shared';
import { TesseraError, type ErrorCode } from '../domain/errors';
import { cutModel } from './cut';
import { inspectModel } from './inspect';
import { readModel } from './onnx';

// Thousands of damaged files take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const fixture = (name: string) => new Uint8Array(readFileSync(`test/fixtures/onnx/${name}.onnx`));

function codeOf(work: () => unknown): ErrorCode | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof TesseraError) return error.code;
    throw error;
  }
}

describe('readModel', () => {
  it('reads operator set, input, outputs, nodes and weights', () => {
    const model = readModel(fixture('resnet'));
    expect(model).toMatchObject({
      irVersion: 8,
      opset: 17,
      producer: 'tessera-fixtures',
      graphName: 'resnet',
    });
    expect(model.inputs).toMatchObject([{ name: 'input', elemType: 1, shape: ['batch', 3, 32, 32] }]);
    expect(model.outputs.map((output) => output.name)).toEqual(['logits']);
    expect(model.nodes).toHaveLength(18);
    expect(model.nodes[0]).toMatchObject({ op: 'Conv', inputs: ['input', 'w0', 'w1'] });
    expect(model.nodes[0].attributes.get('strides')?.ints).toEqual([2, 2]);
    expect(model.initialisers.get('w0')).toMatchObject({ dims: [6, 3, 3, 3], dataType: 1 });
  });

  it('leaves the weights in the file', () => {
    const model = readModel(fixture('resnet'));
    const { raw } = model.initialisers.get('w0')!;
    expect(raw!.end - raw!.start).toBe(6 * 3 * 3 * 3 * 4);
  });

  it('does not count weights that old files list as inputs', () => {
    const model = readModel(fixture('ir3'));
    expect(model.irVersion).toBe(3);
    expect(model.inputs.map((input) => input.name)).toEqual(['data']);
  });

  it.each([
    ['an empty file', new Uint8Array(0)],
    ['text', new TextEncoder().encode('This is a list of names, not a network.')],
    ['a PNG', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])],
    ['zeros', new Uint8Array(1000)],
    ['a gzip', new Uint8Array(gzipBytes())],
    ['weights in another file', fixture('external')],
  ])('refuses %s', (_, bytes) => {
    expect(codeOf(() => readModel(bytes))).toBe('model-not-onnx');
  });

  it('refuses two inputs, and says how many', () => {
    expect(codeOf(() => readModel(fixture('two-inputs')))).toBe('model-inputs');
    expect(() => readModel(fixture('two-inputs'))).toThrow('2 inputs');
  });

  it('says that weights are missing', () => {
    expect(() => readModel(fixture('external'))).toThrow('another file');
  });
});

function gzipBytes(): number[] {
  return [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b, 0x4c, 0x4a, 6, 0];
}

describe('damaged files', () => {
  /** Either refused with a reason or read as something; never another error, never without end. */
  const survives = (bytes: Uint8Array) =>
    codeOf(() => {
      const network = inspectModel(bytes, '', 'damaged');
      cutModel(bytes, network.proposed.name, network.proposed.pool);
    });

  it('are refused when cut short anywhere', () => {
    const whole = fixture('resnet');
    for (let length = 0; length < whole.length; length += 7)
      expect(survives(whole.subarray(0, length)), `${length} bytes`).not.toBeNull();
  });

  it.each(['resnet', 'vgg', 'nhwc', 'f16-weights', 'ir3', 'softmax-tail', 'squeezenet'])(
    'are survived with flipped bits: %s',
    (name) => {
      const whole = fixture(name);
      const flips = fc.array(fc.record({ at: fc.nat(whole.length - 1), bit: fc.nat(7) }), {
        minLength: 1,
        maxLength: 6,
      });
      fc.assert(
        fc.property(flips, (list) => {
          const bytes = whole.slice();
          for (const { at, bit } of list) bytes[at] ^= 1 << bit;
          const code = survives(bytes);
          return code === null || code.startsWith('model-');
        }),
        { numRuns: 400, seed: 7 },
      );
    },
  );

  it('are survived when they are noise', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        (bytes) => survives(bytes)?.startsWith('model-') === true,
      ),
      { numRuns: 2000, seed: 3 },
    );
  });
});

describe('published networks', () => {
  it.skipIf(!shared('models')).each([
    ['resnet18-imagenet-logits', 69, 70],
    ['resnet50-imagenet-logits-f16weights', 228, 173],
    ['mobilenetv2-imagenet-logits', 173, 149],
  ])('%s is read (needs shared models)', (name, nodes, weights) => {
    const model = readModel(gunzipSync(readShared(`models/${name}.onnx.gz`)));
    expect(model.nodes).toHaveLength(nodes);
    expect(model.initialisers.size).toBe(weights);
    expect(model.inputs[0]).toMatchObject({ name: 'input', shape: ['batch', 3, 224, 224] });
  });
});
