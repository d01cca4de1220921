/** One fit as the kernels see it. The mirror in TypeScript is src/analysis/cpu/slots.ts. */
export class Fit {
  k: u32;
  /** k x d f64. */
  centres: usize;
  /** k x d f32. */
  flat: usize;
  /** The same in panels of eight (the last filled up with zeros), each d x 8 f32. */
  packed: usize;
  /** Squared lengths of the centres, f32; infinite where a panel is filled up. */
  norms: usize;
  /** Labels of the step before and of this one, u16. */
  before: usize;
  labels: usize;
  /** For each row a bound on the distance to its centre, f32. */
  upper: usize;
  /** For each row and centre (panels of eight) a bound on their distance, in units, plus the drift at that time; u16. */
  lower: usize;
  /** Bytes of `lower` for a row. */
  lowerStride: u32;
  /** How far each centre has come in all, in units, rounded up; u16, in panels. */
  drift: usize;
  /** How far each centre has moved since the step before, f32, rounded up. */
  moves: usize;
  /** Whether the bounds hold for the centres of the step before. */
  bounded: u32;
  /** Whether the bounds are to be kept. */
  keep: u32;
  /** Addresses of n squared distances (f32) to each centre, when they are known from the seeding; else 0. */
  columns: usize;
  /** The centres in 16 bits (`codeStride` bytes each), the same in panels of eight in pairs of columns, and what 1 stands for in each. */
  codeFlat: usize;
  codePacked: usize;
  codeUnits: usize;
  /** A score |c|^2 - 2 x.c in f32 is wrong by at most errorScale * |x| + errorBase. */
  errorScale: f32;
  errorBase: f32;
  /** Units of a distance of 1. */
  units: f32;
  /** Those squared distances are wrong by at most this share of them. */
  columnError: f32;
  /** Twice the longest centre, and twice the most that a coded centre is off, as vectors. */
  codeLength: f32;
  codeError: f32;
}

export const FIT_BYTES: usize = 96;

/** Rows `from` .. `to` - 1 for the fits `first` .. `last` - 1; `changed` receives a u32 for each of these fits. */
export class Part {
  first: u32;
  last: u32;
  from: u32;
  to: u32;
  changed: usize;
}

export const PART_BYTES: usize = 20;
