import type { Samples } from './tiff-samples';

/**
 * Brings an unpacked block to little-endian samples without prediction, in place. Predictor 2 stores the difference
 * to the pixel on the left; predictor 3 (floats) does so byte by byte, with the bytes of a row sorted by significance.
 */
export function undoPrediction(block: Uint8Array, samples: Samples, rows: number, rowBytes: number): void {
  const { bits, predictor, littleEndian, perPixel, planes } = samples;
  const size = bits / 8;
  const channels = perPixel / planes;
  if (!Number.isInteger(size)) return;
  for (let row = 0; row < rows; row++) {
    const line = block.subarray(row * rowBytes, (row + 1) * rowBytes);
    if (predictor === 3) undoFloatPrediction(line, size, channels);
    else {
      if (!littleEndian && size > 1) reverseBytes(line, size);
      if (predictor === 2) undoDifferences(line, size, channels);
    }
  }
}

function reverseBytes(line: Uint8Array, size: number): void {
  for (let at = 0; at + size <= line.length; at += size) line.subarray(at, at + size).reverse();
}

/** Adds little-endian integers of `size` bytes with carry. */
function undoDifferences(line: Uint8Array, size: number, channels: number): void {
  const step = size * channels;
  for (let at = step; at + size <= line.length; at += size)
    for (let byte = 0, carry = 0; byte < size; byte++) {
      const sum = line[at + byte] + line[at + byte - step] + carry;
      line[at + byte] = sum;
      carry = sum >> 8;
    }
}

function undoFloatPrediction(line: Uint8Array, size: number, channels: number): void {
  for (let at = channels; at < line.length; at++) line[at] += line[at - channels];
  const sorted = line.slice();
  const n = line.length / size;
  // The most significant bytes come first in the row, and last in a little-endian number.
  for (let i = 0; i < n; i++)
    for (let byte = 0; byte < size; byte++) line[i * size + byte] = sorted[(size - 1 - byte) * n + i];
}
