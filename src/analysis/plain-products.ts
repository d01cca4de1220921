import { scatter, timesTransposed } from './cpu/products';
import { Pace } from './pace';
import type { Products } from './products';

/** The products in plain f64: the reference, and the path for small matrices. */
export const plainProducts: Products = {
  scatter: (rows, mean, signal) => scatter(rows, mean, new Pace(signal)),
  project: (rows, mean, vectors, r, signal) => timesTransposed(rows, mean, vectors, r, new Pace(signal)),
};
