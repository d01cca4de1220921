import { afterEach, describe, expect, it, vi } from 'vitest';
import { unzipSync } from 'fflate';
import goldenDefault from '../../test/golden/default-model.json';
import golden from '../../test/golden/onnx.json';
import { fetchShared, hasShared } from '../../test/shared.browser';
import type { RgbImage } from '../domain/image';
import { RAW_PIXELS, type InputSpec, type NetworkSpec, type Pool } from '../domain/spec';
import { defaultSpec } from './catalogue';
import { cosine } from './check';
import type { ChooseOptions } from './choose';
import { createEmbedder, type Embedder } from './embedder';
import { decodeImage } from '../images/decode';
import { pixelsOf } from '../images/pixels';
import { preprocess } from '../images/preprocess';
import { inspectModel, specFor } from './inspect';
import { getModelBytes } from './library';
import { readModel } from './onnx';

const files = import.meta.glob<string>('../../test/fixtures/onnx/*.onnx', {
  query: '?url',
  import: 'default',
  eager: true,
});

async function fixture(name: string): Promise<Uint8Array> {
  const response = await fetch(files[`../../test/fixtures/onnx/${name}.onnx`]);
  return new Uint8Array(await response.arrayBuffer());
}

/** The pictures of test/golden/make_onnx.py. */
function picture(width: number, height: number, number: number): RgbImage {
  const byte = (i: number) =>
    (i * 37 + number * 91 + (i >> 5) * 11 + Math.floor((i * i * (number + 1)) / 97)) & 255;
  return { width, height, data: Uint8Array.from({ length: width * height * 3 }, (_, i) => byte(i)) };
}

const open: Embedder[] = [];
async function embedder(
  spec: Parameters<typeof createEmbedder>[0],
  model: Uint8Array | null,
  options: ChooseOptions,
) {
  const made = await createEmbedder(spec, model, options);
  open.push(made);
  return made;
}
afterEach(async () => {
  vi.restoreAllMocks();
  for (const made of open.splice(0)) await made.dispose();
});

type Case = (typeof golden.cases)[number];

function specOf(test: Case): NetworkSpec {
  const input: InputSpec = {
    name: 'input',
    width: test.side,
    height: test.side,
    layout: test.layout as InputSpec['layout'],
    channels: 'RGB',
    scale: test.scale,
    mean: test.mean as unknown as InputSpec['mean'],
    std: test.std as unknown as InputSpec['std'],
  };
  const { network, layer } = test;
  const pool = test.pool as Pool;
  const dim = test.vectors[0].length;
  return { kind: 'network', sha256: '', title: network, layer, pool, dim, input, resize: 'squash' };
}

function expectVectors(vectors: Float32Array, expected: number[][], tolerance: number): void {
  const dim = expected[0].length;
  expect(vectors.length).toBe(expected.length * dim);
  expected.forEach((row, i) => {
    const largest = Math.max(...row.map(Math.abs));
    const worst = Math.max(...row.map((value, j) => Math.abs(value - vectors[i * dim + j])));
    expect(worst, `row ${i}`).toBeLessThanOrEqual(tolerance * largest);
  });
}

describe('tiny networks on WASM give what ONNX Runtime gives', () => {
  it.each(golden.cases)('$network at $layer, pool $pool', async (test) => {
    const made = await embedder(specOf(test), await fixture(test.network), { backend: 'wasm' });
    const { vectors, bad } = await made.embed([0, 1].map((number) => picture(test.side, test.side, number)));
    expect(bad).toEqual([]);
    // Half precision keeps 11 bits.
    expectVectors(vectors, test.vectors, test.network === 'f16' ? 5e-3 : 2e-5);
  });
});

describe('tiny networks on WebGPU', () => {
  const run = async (test: Case) => {
    const made = await embedder(specOf(test), await fixture(test.network), { backend: 'webgpu', batch: 2 });
    expect(made.info).toMatchObject({ backend: 'webgpu', reason: 'asked' });
    expect(made.info.device).not.toBe('CPU');
    // Three pictures: a full batch and a padded one.
    const { vectors } = await made.embed([0, 1, 0].map((number) => picture(test.side, test.side, number)));
    expectVectors(vectors, [...test.vectors, test.vectors[0]], 1e-3);
  };

  const right = ({ network, layer }: Case) =>
    layer === 'fc7' ||
    layer === 'block1' ||
    network === 'fixed-batch-reshape' ||
    network === 'headless-bytes';
  it.each(golden.cases.filter(right))('agree with ONNX Runtime: $network at $layer, pool $pool', run);

  it('are refused rather than run wrongly', async () => {
    // ONNX Runtime 1.30 gets the strided convolution from 6 to 8 channels wrong; a version that does not may pass.
    const test = golden.cases.find(({ network, layer }) => network === 'resnet' && layer === 'features')!;
    await run(test).catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'model-run' });
      expect(String(error)).toContain('differ from those on the processor');
    });
  });
});

describe('the default network', () => {
  const pictures = [0, 1, 2].map((number) => picture(128, 128, number));

  it('gives on WASM what ONNX Runtime gives, one by one and in a batch', async () => {
    const spec = defaultSpec('squash');
    const made = await embedder(spec, await getModelBytes(spec.sha256), { backend: 'wasm' });
    expect(made).toMatchObject({ dim: 256, info: { backend: 'wasm', reason: 'asked', device: 'CPU' } });
    const { vectors, bad } = await made.embed(pictures);
    expect(bad).toEqual([]);
    expectVectors(vectors, goldenDefault.vectors, 1e-4);
    for (const [i, one] of pictures.entries()) {
      const alone = await made.embed([one]);
      expect(cosine(alone.vectors, goldenDefault.vectors[i])).toBeGreaterThan(0.999999);
    }
  });

  it('agrees on WebGPU with WASM, at a small size', async () => {
    const { input, ...rest } = defaultSpec('squash');
    const spec = { ...rest, input: { ...input, width: 32, height: 32 } };
    const bytes = await getModelBytes(spec.sha256);
    const images = [0, 1].map((number) => picture(32, 32, number));
    const onWasm = await (await embedder(spec, bytes, { backend: 'wasm' })).embed(images);
    const onGpu = await (await embedder(spec, bytes, { backend: 'webgpu', batch: 2 })).embed(images);
    for (const row of [0, 1]) {
      const [a, b] = [onWasm, onGpu].map(({ vectors }) => vectors.slice(row * 256, (row + 1) * 256));
      expect(cosine(a, b)).toBeGreaterThan(0.999);
    }
  });
});

const NPY_HEADER = 10;
/** A float32 matrix in NumPy's format, version 1. */
function readNpy(bytes: Uint8Array): { rows: Float32Array[] } {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint16(8, true);
  const header = new TextDecoder().decode(bytes.subarray(NPY_HEADER, NPY_HEADER + length));
  const [n, dim] = /'shape': \((\d+), (\d+)/.exec(header)!.slice(1).map(Number);
  const values = new Float32Array(bytes.slice(NPY_HEADER + length).buffer);
  return { rows: Array.from({ length: n }, (_, i) => values.subarray(i * dim, (i + 1) * dim)) };
}

async function squashed(): Promise<RgbImage[]> {
  const npy = unzipSync(await fetchShared('data/golden/resized-squash.npz'))['rgb.npy'];
  const length = new DataView(npy.buffer, npy.byteOffset).getUint16(8, true);
  const size = 224 * 224 * 3;
  const at = NPY_HEADER + length;
  const count = (npy.length - at) / size;
  return Array.from({ length: count }, (_, i) => ({
    width: 224,
    height: 224,
    data: npy.slice(at + i * size, at + (i + 1) * size),
  }));
}

async function gunzipped(path: string): Promise<Uint8Array> {
  const packed = await fetchShared(path);
  // The development server may already have unpacked it for us.
  if (packed[0] !== 0x1f || packed[1] !== 0x8b) return packed;
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The golden pictures, decoded as Pillow does: EXIF orientation not applied. */
async function decoded() {
  const table = new TextDecoder()
    .decode(await fetchShared('data/golden/index.tsv'))
    .trim()
    .split('\n');
  const column = table[0].split('\t').indexOf('file');
  const names = table.slice(1).map((line) => line.split('\t')[column]);
  return Promise.all(
    names.map(async (name) => decodeImage(await fetchShared(`data/golden/${name}`), { orient: false })),
  );
}

describe('published networks on WASM', () => {
  it.skipIf(!hasShared).each([
    ['resnet18', 'resnet18-imagenet-logits', 24],
    ['mobilenetv2', 'mobilenetv2-imagenet-logits', 24],
    ['resnet50', 'resnet50-imagenet-logits-f16weights', 4],
  ])(
    '%s gives the golden vectors, squashed and cropped (needs shared models and data/golden)',
    async (short, name, count) => {
      const bytes = await gunzipped(`models/${name}.onnx.gz`);
      const spec = specFor(inspectModel(bytes, '', name), { resize: 'squash' });
      const made = await embedder(spec, bytes, { backend: 'wasm' });
      const { width, height } = spec.input;
      const cropped = (await decoded()).map((image) =>
        preprocess(pixelsOf(image), { width, height, resize: 'crop' }),
      );
      for (const [way, pictures] of [
        ['squash', await squashed()],
        ['crop', cropped],
      ] as const) {
        const { rows } = readNpy(await fetchShared(`data/golden/${short}.${way}.npy`));
        expect(pictures).toHaveLength(rows.length);
        const { vectors } = await made.embed(pictures.slice(0, count));
        for (let i = 0; i < count; i++) {
          const vector = vectors.subarray(i * made.dim, (i + 1) * made.dim);
          expect(cosine(vector, rows[i]), `${way}, row ${i}`).toBeGreaterThanOrEqual(0.9999);
        }
      }
    },
  );
});

describe('published networks on WebGPU', () => {
  // One picture each: a software adapter needs up to a minute and a half for one of 224 px.
  it.skipIf(!hasShared).each([
    ['resnet18', 'resnet18-imagenet-logits'],
    ['mobilenetv2', 'mobilenetv2-imagenet-logits'],
    ['resnet50', 'resnet50-imagenet-logits-f16weights'],
  ])(
    '%s gives the golden vector of a picture (needs shared models and data/golden)',
    async (short, name) => {
      const bytes = await gunzipped(`models/${name}.onnx.gz`);
      const spec = specFor(inspectModel(bytes, '', name), { resize: 'squash' });
      const made = await embedder(spec, bytes, { backend: 'webgpu', batch: 1 });
      expect(made.info.backend).toBe('webgpu');
      const { vectors } = await made.embed((await squashed()).slice(0, 1));
      const { rows } = readNpy(await fetchShared(`data/golden/${short}.squash.npy`));
      expect(cosine(vectors, rows[0])).toBeGreaterThanOrEqual(0.999);
    },
    400_000,
  );
});

describe('the choice of the backend', () => {
  const test = golden.cases.find(({ network }) => network === 'vgg')!;
  const start = async (
    backend: ChooseOptions['backend'],
    more: Partial<ChooseOptions> = {},
    network = test,
  ) => embedder(specOf(network), await fixture(network.network), { backend, ...more });

  /** The software adapter under the name of a graphics card. */
  async function disguise(): Promise<void> {
    const adapter = (await navigator.gpu.requestAdapter())!;
    const info = {
      vendor: 'acme',
      architecture: 'one',
      device: '',
      description: '',
      isFallbackAdapter: false,
    };
    Object.defineProperty(adapter, 'info', { value: info });
    vi.spyOn(navigator.gpu, 'requestAdapter').mockResolvedValue(adapter);
  }

  it('is WASM on a software adapter, without a trial', async () => {
    const { info } = await start('auto');
    expect(info).toMatchObject({ backend: 'wasm', reason: 'software-adapter', trial: [], device: 'CPU' });
  });

  it('is WASM without an adapter; WebGPU asked for is an error that says so', async () => {
    vi.spyOn(navigator.gpu, 'requestAdapter').mockResolvedValue(null);
    expect((await start('auto')).info).toMatchObject({ backend: 'wasm', reason: 'only-choice' });
    await expect(start('webgpu')).rejects.toMatchObject({ code: 'backend-missing' });
  });

  it('is the faster of both on a graphics card', async () => {
    await disguise();
    const seen: string[] = [];
    const { info } = await start('auto', { batch: 2, onTrial: (trial) => seen.push(trial.backend) });
    expect(seen).toEqual(['webgpu', 'wasm']);
    expect(info.reason).toBe('measured');
    const fastest = [...info.trial].sort((a, b) => a.msPerImage - b.msPerImage)[0];
    expect(info.backend).toBe(fastest.backend);
    expect(info.trial.every((trial) => trial.msPerImage > 0)).toBe(true);
  });

  it('is WASM when the card refuses a device', async () => {
    await disguise();
    vi.spyOn(GPUAdapter.prototype, 'requestDevice').mockRejectedValue(new Error('refused'));
    expect((await start('auto')).info).toMatchObject({ backend: 'wasm', reason: 'fallback' });
  });

  it('leaves a lost device with a word for it', async () => {
    const request = vi.spyOn(GPUAdapter.prototype, 'requestDevice');
    const made = await start('webgpu', { batch: 1 });
    const device: GPUDevice = await request.mock.results[0].value;
    device.destroy();
    await expect(made.embed([picture(16, 16, 0)])).rejects.toMatchObject({ code: 'device-lost' });
  });
});

describe('answers that cannot be right', () => {
  const test = golden.cases.find(({ network }) => network === 'headless-bytes')!;

  /** The network with the bytes of some weights overwritten. */
  async function withWeights(fills: Record<string, number>): Promise<Embedder> {
    const bytes = await fixture('headless-bytes');
    const { initialisers } = readModel(bytes);
    for (const [name, byte] of Object.entries(fills)) {
      const { start, end } = initialisers.get(name)!.raw!;
      bytes.fill(byte, start, end);
    }
    return embedder(specOf(test), bytes, { backend: 'wasm' });
  }
  const pictures = [0, 1].map((number) => picture(16, 16, number));

  it.each([
    ['zeros', { w2: 0, w3: 0 }],
    ['not numbers', { w2: 0xff }],
  ])('%s are reported row by row', async (_, fills) => {
    const made = await withWeights(fills);
    expect((await made.embed(pictures)).bad).toEqual([0, 1]);
  });

  it('the vectors of the batch before for other pictures are an error; for the same pictures they are not', async () => {
    const made = await withWeights({ w2: 0 });
    await made.embed([pictures[0]]);
    await made.embed([pictures[0]]);
    await expect(made.embed([pictures[1]])).rejects.toMatchObject({ code: 'model-run' });
  });

  it('another number of values than the descriptor has is an error', async () => {
    const spec = { ...specOf(test), dim: 7 };
    const made = await embedder(spec, await fixture('headless-bytes'), { backend: 'wasm' });
    await expect(made.embed(pictures)).rejects.toThrow('gave 6 numbers an image where 7 were expected');
  });

  it('a dimension that the file does not tell is measured', async () => {
    const spec = { ...specOf(test), dim: 0 };
    expect((await embedder(spec, await fixture('headless-bytes'), { backend: 'wasm' })).dim).toBe(6);
  });
});

describe('raw pixels', () => {
  it('are the bytes over 255, in order, and need no network', async () => {
    const made = await embedder(RAW_PIXELS, null, { backend: 'auto' });
    expect(made).toMatchObject({ dim: 3072, info: { backend: 'pixels' } });
    const images = [picture(32, 32, 0), { width: 32, height: 32, data: new Uint8Array(3072) }];
    const { vectors, bad } = await made.embed(images);
    expect(bad).toEqual([]);
    expect(vectors[5]).toBe(Math.fround(images[0].data[5] / 255));
    expect(vectors.subarray(3072)).toEqual(new Float32Array(3072));
  });

  it('refuse a picture of another size', async () => {
    const made = await embedder(RAW_PIXELS, null, { backend: 'auto' });
    await expect(made.embed([picture(16, 16, 0)])).rejects.toThrow('16 x 16');
  });
});
