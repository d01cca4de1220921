import { FIT_BYTES, Fit, PART_BYTES, Part } from './fit';
import { squaredDistance } from './vectors';

/** The job of `measure`: squared distance of each row to the centre of its label, f64, at the place of the row. */
class MeasureJob {
  x: usize;
  d: u32;
  rows: usize;
  fits: usize;
  parts: usize;
  squared: usize;
  /** Bytes from the distances of a fit to those of the next; 0 where fits share the rows among them. */
  stride: u32;
}

export function measure(job: usize, part: u32, _thread: u32): void {
  const all = changetype<MeasureJob>(job);
  const own = changetype<Part>(all.parts + <usize>part * PART_BYTES);
  const d = all.d;
  for (let f = own.first; f < own.last; f++) {
    const fit = changetype<Fit>(all.fits + <usize>f * FIT_BYTES);
    const squared = all.squared + <usize>f * all.stride;
    for (let r = own.from; r < own.to; r++) {
      const i: usize = all.rows ? load<u32>(all.rows + ((<usize>r) << 2)) : r;
      const c = fit.centres + <usize>load<u16>(fit.labels + (i << 1)) * ((<usize>d) << 3);
      store<f64>(squared + (i << 3), squaredDistance(all.x + i * ((<usize>d) << 2), c, d));
    }
  }
}
