import type { InputSpec } from '../domain/spec';
import { inputLength, normaliser } from './normalise';
import type { Session } from './session';

const ENOUGH_MS = 400;
const MOST_RUNS = 5;
/** Below this, the clock of a page that is not isolated is too coarse to tell anything. */
const LEAST_MS = 5;

export interface Measured {
  msPerImage: number;
  /** The vector of the first probe picture, to compare backends with. */
  first: Float32Array;
}

/** Runs `n` made pictures once to warm up, then again until some 0.4 s have passed; the mean run counts. */
export async function measure(session: Session, input: InputSpec, n: number): Promise<Measured> {
  const pictures = probe(input, n);
  const warm = await session.run(pictures, n);
  const from = performance.now();
  let [runs, spent] = [0, 0];
  while (spent < LEAST_MS || (spent < ENOUGH_MS && runs < MOST_RUNS)) {
    await session.run(pictures, n);
    runs++;
    spent = performance.now() - from;
  }
  return { msPerImage: spent / runs / n, first: warm.slice(0, warm.length / n) };
}

/** The vector of one made picture, to compare backends with. */
export async function answerToProbe(session: Session, input: InputSpec): Promise<Float32Array> {
  return session.run(probe(input, 1), 1);
}

/** n pictures of coloured bands with noise on them, the same every time, normalised for the network. */
function probe(input: InputSpec, n: number): Float32Array {
  const { width, height } = input;
  const write = normaliser(input);
  const perImage = inputLength(input);
  const pictures = new Float32Array(n * perImage);
  let seed = 1;
  for (let image = 0; image < n; image++) {
    const data = new Uint8Array(width * height * 3);
    for (let i = 0; i < data.length; i++) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      const band = Math.sin((Math.floor(i / 3) / width / height) * 12 + (i % 3) + image);
      data[i] = 128 + 90 * band + ((seed >>> 24) / 255 - 0.5) * 70;
    }
    write({ width, height, data }, pictures, image * perImage);
  }
  return pictures;
}
