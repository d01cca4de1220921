/** A decoded picture: `data` holds height x width x 3 bytes, row-major, in the order R, G, B. */
export interface RgbImage {
  width: number;
  height: number;
  data: Uint8Array;
}
