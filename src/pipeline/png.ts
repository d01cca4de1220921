import { decodeImage } from '../images/decode';
import { encodePng } from '../images/encode-png';

/** An image file as a PNG of the pixels that it is embedded from: turned upright, 8-bit RGB. Throws `ImageError`. */
export async function toPng(original: Blob): Promise<Blob> {
  return encodePng(await decodeImage(new Uint8Array(await original.arrayBuffer())));
}
