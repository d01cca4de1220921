import { addTo, takeFrom } from './vectors';

/**
 * The job of `update`: sums and counts of clusters brought up to date with their rows' labels. A part owns some columns of
 * one set of sums, and goes through its rows in order: the same bits whatever thread runs it. The mirror in
 * TypeScript is src/analysis/cpu/sums.ts.
 */
class UpdateJob {
  x: usize;
  d: u32;
  rows: usize;
  fits: usize;
  parts: usize;
}

/** Columns `column` .. `column` + `columns` - 1 of rows `from` .. `to` - 1 into the sums number `group` of each fit. */
class Part {
  first: u32;
  last: u32;
  from: u32;
  to: u32;
  group: u32;
  column: u32;
  columns: u32;
}

class Fit {
  k: u32;
  /** The labels that the sums are of, and those they are to be of, u16. */
  before: usize;
  labels: usize;
  /** For each group k x d f64, and k u32. */
  sums: usize;
  counts: usize;
  /** Whether all rows are to be added to sums of zero, whatever `before` says. */
  whole: u32;
}

const PART_BYTES: usize = 28;
const FIT_BYTES: usize = 24;
/** Rows that every fit looks at before the next ones are read. */
const BLOCK: u32 = 64;

export function update(job: usize, part: u32, _thread: u32): void {
  const all = changetype<UpdateJob>(job);
  const own = changetype<Part>(all.parts + <usize>part * PART_BYTES);
  for (let from = own.from; from < own.to; from += BLOCK) {
    const to = min(from + BLOCK, own.to);
    for (let f = own.first; f < own.last; f++)
      updateRows(all, own, changetype<Fit>(all.fits + <usize>f * FIT_BYTES), from, to);
  }
}

function updateRows(all: UpdateJob, own: Part, fit: Fit, from: u32, to: u32): void {
  const stride = (<usize>all.d) << 2;
  const x = all.x + ((<usize>own.column) << 2);
  const sums = fit.sums + ((<usize>own.group * fit.k * all.d + own.column) << 3);
  const counts = own.column == 0 ? fit.counts + ((<usize>own.group * fit.k) << 2) : 0;
  for (let r = from; r < to; r++) {
    // Eight rows whose labels have not changed are passed over at once.
    if (!all.rows && !fit.whole && r + 8 <= to) {
      const same = i16x8.eq(
        v128.load(fit.before + ((<usize>r) << 1)),
        v128.load(fit.labels + ((<usize>r) << 1)),
      );
      if (i16x8.all_true(same)) {
        r += 7;
        continue;
      }
    }
    const i: usize = all.rows ? load<u32>(all.rows + ((<usize>r) << 2)) : r;
    const label = load<u16>(fit.labels + (i << 1));
    const before = load<u16>(fit.before + (i << 1));
    if (!fit.whole && label == before) continue;
    const row = x + i * stride;
    addTo(sums + <usize>label * (stride << 1), row, own.columns);
    if (!fit.whole) takeFrom(sums + <usize>before * (stride << 1), row, own.columns);
    if (counts) {
      bump(counts, label, 1);
      if (!fit.whole) bump(counts, before, -1);
    }
  }
}

function bump(counts: usize, label: u16, by: i32): void {
  const at = counts + ((<usize>label) << 2);
  store<i32>(at, load<i32>(at) + by);
}
