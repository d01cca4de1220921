import { coded1x1, coded1x4, coded4x8 } from './coded';
import { dot, dots1x4, dots4x8 } from './dots';
import { Fit } from './fit';
import { squaredDistance } from './vectors';

/**
 * The job of `assign`. Every field has four bytes; addresses are in bytes. The mirror in TypeScript is
 * src/analysis/cpu/passes.ts.
 */
export class AssignJob {
  /** n x d f32. */
  x: usize;
  d: u32;
  /** Squared lengths of the rows, f32. */
  squares: usize;
  /** The rows that parts count over, u32; 0 when these are 0, 1, 2, ... */
  rows: usize;
  /** An array of `Fit`. */
  fits: usize;
  /** An array of `Part`. */
  parts: usize;
  /** Rows that stay in the cache while every fit of a part looks at them. */
  block: u32;
  /** `scratchSize` bytes for each thread: `block` u32, then 32 x panels f32 of the fit with the most. */
  scratch: usize;
  scratchSize: u32;
  /** The rows in 16 bits; 0 if there are none. */
  codes: usize;
  /** Bytes of a row of `codes`. */
  codeStride: u32;
  /** Of each row of `codes` what 1 stands for, and how far it may be off as a vector; f32. */
  codeUnits: usize;
  codeErrors: usize;
}

/** How much a computed score of row i may be off, at most. */
export function errorOf(all: AssignJob, fit: Fit, i: usize, square: f32): f32 {
  const length = sqrt(square);
  const error = fit.errorScale * length + fit.errorBase;
  if (!all.codes) return error;
  const off = load<f32>(all.codeErrors + (i << 2));
  return error + off * fit.codeLength + (length + off) * fit.codeError;
}

/** |c|^2 - 2 x.c for row i and centre c. */
export function scoreOne(all: AssignJob, fit: Fit, i: usize, c: usize): f32 {
  const norm = load<f32>(fit.norms + (c << 2));
  if (!all.codes) {
    const stride = (<usize>all.d) << 2;
    return norm - 2 * dot(all.x + i * stride, fit.flat + c * stride, all.d);
  }
  const stride = <usize>all.codeStride;
  const unit = load<f32>(all.codeUnits + (i << 2)) * load<f32>(fit.codeUnits + (c << 2));
  return norm - 2 * unit * coded1x1(all.codes + i * stride, fit.codeFlat + c * stride, all.codeStride);
}

/** The same for the listed centres, four at a time. */
export function scoreListed(
  all: AssignJob,
  fit: Fit,
  i: usize,
  list: usize,
  count: u32,
  scores: usize,
): void {
  const coded = all.codes != 0;
  const stride: usize = coded ? all.codeStride : (<usize>all.d) << 2;
  const x = (coded ? all.codes : all.x) + i * stride;
  const y = coded ? fit.codeFlat : fit.flat;
  const unit: f32 = coded ? load<f32>(all.codeUnits + (i << 2)) : 1;
  const last = count - 1;
  for (let at: u32 = 0; at < count; at += 4) {
    const c0 = y + stride * <usize>load<u32>(list + ((<usize>at) << 2));
    const c1 = y + stride * <usize>load<u32>(list + ((<usize>min(at + 1, last)) << 2));
    const c2 = y + stride * <usize>load<u32>(list + ((<usize>min(at + 2, last)) << 2));
    const c3 = y + stride * <usize>load<u32>(list + ((<usize>min(at + 3, last)) << 2));
    const to = scores + ((<usize>at) << 2);
    if (coded) coded1x4(x, c0, c1, c2, c3, all.codeStride, to);
    else dots1x4(x, c0, c1, c2, c3, all.d, to);
    for (let q: u32 = 0; q < min(count - at, <u32>4); q++) {
      const c = (<usize>load<u32>(list + ((<usize>(at + q)) << 2))) << 2;
      const place = to + ((<usize>q) << 2);
      const factor: f32 = coded ? unit * load<f32>(fit.codeUnits + c) : 1;
      store<f32>(place, load<f32>(fit.norms + c) - 2 * factor * load<f32>(place));
    }
  }
}

/** Dot products of four rows with all centres: for each panel 4 x 8 f32. */
export function multiplyFour(
  all: AssignJob,
  fit: Fit,
  i0: usize,
  i1: usize,
  i2: usize,
  i3: usize,
  out: usize,
): void {
  const panels = <usize>((fit.k + 7) >> 3);
  if (!all.codes) {
    const x = all.x;
    const stride = (<usize>all.d) << 2;
    for (let p: usize = 0; p < panels; p++) {
      const y = fit.packed + p * (stride << 3);
      dots4x8(
        x + i0 * stride,
        x + i1 * stride,
        x + i2 * stride,
        x + i3 * stride,
        4,
        y,
        32,
        all.d,
        out + (p << 7),
      );
    }
    return;
  }
  const x = all.codes;
  const stride = <usize>all.codeStride;
  const units = all.codeUnits;
  for (let p: usize = 0; p < panels; p++)
    coded4x8(
      x + i0 * stride,
      x + i1 * stride,
      x + i2 * stride,
      x + i3 * stride,
      load<f32>(units + (i0 << 2)),
      load<f32>(units + (i1 << 2)),
      load<f32>(units + (i2 << 2)),
      load<f32>(units + (i3 << 2)),
      fit.codePacked + p * (stride << 3),
      fit.codeUnits + (p << 5),
      all.codeStride,
      out + (p << 7),
    );
}

/** |x - c|^2 in f64, for row i. */
export function exactSquared(all: AssignJob, fit: Fit, i: usize, c: u32): f64 {
  const d = all.d;
  return squaredDistance(all.x + i * ((<usize>d) << 2), fit.centres + <usize>c * ((<usize>d) << 3), d);
}
