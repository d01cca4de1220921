const number = new Float32Array(1);
const bits = new Uint32Array(number.buffer);

/** The 32 bits of a number rounded to f32, for uniforms that mix integers and floats. */
export function floatBits(value: number): number {
  number[0] = value;
  return bits[0];
}
