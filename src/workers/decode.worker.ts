import { expose, transfer } from 'comlink';
import { prepare, type Prepared, type Target } from '../pipeline/prepare';
import type { Original } from '../store/schema';

/** Exposed through Comlink: one decoder. */
export class Decoder {
  async ping(): Promise<void> {
    // An answer says that the thread runs.
  }

  async prepare(original: Original, target: Target): Promise<Prepared> {
    const answer = await prepare(original, target);
    if ('skip' in answer) return answer;
    const { input, thumbnail } = answer.picture;
    return transfer(answer, [input.data.buffer, thumbnail.buffer]);
  }
}

expose(new Decoder());
