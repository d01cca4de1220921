import type { RgbImage } from '../src/domain/image';
import type { BackendInfo } from '../src/domain/progress';
import type { PixelsSpec } from '../src/domain/spec';
import type { DecodePort } from '../src/pipeline/decode-pool';
import type { InferPort } from '../src/pipeline/inference';
import type { Prepared } from '../src/pipeline/prepare';
import type { Threads } from '../src/pipeline/service';
import type { Original } from '../src/store/schema';
import { TesseraError } from '../src/domain/errors';

/** A descriptor of four numbers that the fake network gives. */
export const FAKE_SPEC: PixelsSpec = { kind: 'pixels', width: 1, height: 1, dim: 4 };
export const OTHER_SPEC: PixelsSpec = { kind: 'pixels', width: 1, height: 2, dim: 4 };

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Bytes that pass for a PNG; `content` says what the fake decoder makes of it. */
export function fakeImage(content: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array([...PNG, ...new TextEncoder().encode(content)]);
}

export function fakeFile(path: string, content = path, modified = 1): { path: string; file: File } {
  const name = path.split('/').pop()!;
  return { path, file: new File([fakeImage(content)], name, { lastModified: modified }) };
}

/** Four numbers that tell contents apart. */
export function fakeVector(content: string): number[] {
  let hash = 7;
  for (const letter of content) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0;
  return [hash & 255, (hash >> 8) & 255, (hash >> 16) & 255, content.length & 255];
}

async function decode(original: Original): Promise<Prepared> {
  const bytes = await new Blob([original]).arrayBuffer();
  const content = new TextDecoder().decode(bytes.slice(PNG.length));
  if (content.startsWith('broken')) return { skip: { code: 'broken', detail: content } };
  if (content.startsWith('die')) throw new TesseraError('internal', 'the thread is gone');
  if (content.startsWith('hang')) return new Promise(() => undefined);
  return {
    picture: {
      width: content.length,
      height: 2,
      input: { width: 1, height: 1, data: new Uint8Array(fakeVector(content)) },
      thumbnail: new Uint8Array([0xff, 0xd8, content.length & 255]),
      facts: { software: content },
      seconds: { decode: 0.001, resize: 0.001 },
    },
  };
}

export interface FakeThreads extends Threads {
  /** Images that went through the network. */
  embedded: () => number;
  decoded: () => number;
  spawned: () => { decoders: number; networks: number; backends: string[] };
  /** Called before each batch; may throw or wait. */
  beforeBatch: (call: number, images: RgbImage[]) => unknown;
  /** Networks side by side, 1 by default. */
  networks: number;
}

/** Decoders and networks without threads, pictures or numbers to speak of. */
export function fakeThreads(batch = 4): FakeThreads {
  let embedded = 0;
  let decoded = 0;
  let calls = 0;
  const spawned = { decoders: 0, networks: 0, backends: [] as string[] };
  const threads: FakeThreads = {
    embedded: () => embedded,
    decoded: () => decoded,
    spawned: () => spawned,
    beforeBatch: () => undefined,
    networks: 1,
    decoders: 3,
    spawnDecoder: (): DecodePort => {
      spawned.decoders++;
      return {
        ready: Promise.resolve(),
        prepare: (original) => {
          decoded++;
          return decode(original);
        },
        close: () => undefined,
      };
    },
    spawnNetwork: (): InferPort => {
      spawned.networks++;
      return {
        start: async (spec, backend) => {
          spawned.backends.push(backend);
          const kind = backend === 'auto' ? 'webgpu' : backend;
          const info: BackendInfo = { backend: kind, device: 'fake', threads: 1, trial: [], reason: 'asked' };
          return { info, batch, dim: spec.dim, networks: threads.networks };
        },
        embed: async (images) => {
          await threads.beforeBatch(calls++, images);
          embedded += images.length;
          const vectors = new Float32Array(images.flatMap(({ data }) => Array.from(data.subarray(0, 4))));
          // A content whose length is 13 gives the network no usable numbers.
          const bad = images.flatMap(({ data }, i) => (data[3] === 13 ? [i] : []));
          return { vectors, bad, seconds: 0.001 };
        },
        close: () => undefined,
      };
    },
  };
  return threads;
}
