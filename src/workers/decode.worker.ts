import { expose, transfer } from 'comlink';
import { prepare, type Prepared, type Target } from '../pipeline/prepare';

/** Exposed through Comlink: one decoder. */
export class Decoder {
  async ping(): Promise<void> {
    // An answer says that the thread runs.
  }

  async prepare(blob: Blob, target: Target): Promise<Prepared> {
    const answer = await prepare(blob, target);
    if ('skip' in answer) return answer;
    const { input, thumbnail } = answer.picture;
    return transfer(answer, [input.data.buffer, thumbnail.buffer]);
  }
}

expose(new Decoder());
