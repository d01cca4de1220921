/**
 * Dot products of 4 rows with 2 others at a time, in f64. Eight running sums fit the registers of x86-64 and ARM64, so
 * each number is loaded once for several products; this is what makes plain JavaScript several times faster than a
 * triple loop. `out` receives 8 numbers: (a0 b0) (a0 b1) (a1 b0) (a1 b1) ...
 */
export function dot4x2(
  a: Float32Array,
  a0: number,
  a1: number,
  a2: number,
  a3: number,
  b: Float64Array,
  b0: number,
  b1: number,
  d: number,
  out: Float64Array,
): void {
  let s00 = 0;
  let s01 = 0;
  let s10 = 0;
  let s11 = 0;
  let s20 = 0;
  let s21 = 0;
  let s30 = 0;
  let s31 = 0;
  for (let t = 0; t < d; t++) {
    const y0 = b[b0 + t];
    const y1 = b[b1 + t];
    const x0 = a[a0 + t];
    s00 += x0 * y0;
    s01 += x0 * y1;
    const x1 = a[a1 + t];
    s10 += x1 * y0;
    s11 += x1 * y1;
    const x2 = a[a2 + t];
    s20 += x2 * y0;
    s21 += x2 * y1;
    const x3 = a[a3 + t];
    s30 += x3 * y0;
    s31 += x3 * y1;
  }
  out[0] = s00;
  out[1] = s01;
  out[2] = s10;
  out[3] = s11;
  out[4] = s20;
  out[5] = s21;
  out[6] = s30;
  out[7] = s31;
}
