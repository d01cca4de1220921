import { encode } from './coded';

/** The job of `lengths`: squared length of each row, summed in f64, kept as f32. */
class LengthsJob {
  x: usize;
  d: u32;
  n: u32;
  squares: usize;
  rowsPerPart: u32;
}

export function lengths(job: usize, part: u32, _thread: u32): void {
  const all = changetype<LengthsJob>(job);
  const stride = (<usize>all.d) << 2;
  const from = part * all.rowsPerPart;
  const to = min(from + all.rowsPerPart, all.n);
  for (let i: usize = from; i < to; i++) {
    let x = all.x + i * stride;
    const end = x + stride;
    let sum: f64 = 0;
    while (x < end) {
      const value = <f64>load<f32>(x);
      sum += value * value;
      x += 4;
    }
    store<f32>(all.squares + (i << 2), <f32>sum);
  }
}

/** The job of `encodeRows`: every row in 16 bits, what 1 stands for in it and how far it may be off, both f32. */
class EncodeJob {
  x: usize;
  d: u32;
  n: u32;
  squares: usize;
  codes: usize;
  stride: u32;
  units: usize;
  errors: usize;
  rowsPerPart: u32;
}

export function encodeRows(job: usize, part: u32, _thread: u32): void {
  const all = changetype<EncodeJob>(job);
  const from = part * all.rowsPerPart;
  const to = min(from + all.rowsPerPart, all.n);
  for (let i: usize = from; i < to; i++) {
    const length = sqrt(<f64>load<f32>(all.squares + (i << 2)));
    const x = all.x + i * ((<usize>all.d) << 2);
    const unit = encode(x, all.d, length, all.codes + i * all.stride, all.stride, all.errors + (i << 2));
    store<f32>(all.units + (i << 2), unit);
  }
}
