import { expose } from 'comlink';
import { toPng } from '../pipeline/png';
import { carryErrors } from './errors';

carryErrors();

/** Exposed through Comlink: an encoder of PNG. */
export class PngEncoder {
  encode(original: Blob): Promise<Blob> {
    return toPng(original);
  }
}

expose(new PngEncoder());
