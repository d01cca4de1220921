import type { Skip } from './files';

/** How far apart two vectors are: Euclidean, or 1 minus the cosine of their angle (0..2; 1 where a vector is all zeros). */
export type Metric = 'euclidean' | 'cosine';

/** What is looked for: the mean of the vectors of these rows, which are left out of what is found, or vectors (q x d, row-major). */
export type SearchQuery = { rows: Uint32Array } | { vectors: Float32Array; q: number };

export interface SearchOptions {
  metric: Metric;
  /** Ranks `from` .. `from + count - 1` are told. */
  from: number;
  count: number;
  /** All rows up to this distance are told too; null: none. */
  within: number | null;
  engine: 'auto' | 'webgpu' | 'cpu';
}

/** Images by their distance to a query, nearest first, ties by row. Exact: in f64, over all rows that have a vector. */
export interface Ranking {
  rows: Uint32Array;
  distances: Float64Array;
  /** The rows up to the distance asked for, rising; null when none was. */
  within: Uint32Array | null;
  /** Rows that were compared. */
  n: number;
  engine: 'webgpu' | 'cpu';
}

export const DEFAULT_SEARCH: SearchOptions = {
  metric: 'euclidean',
  from: 0,
  count: 60,
  within: null,
  engine: 'auto',
};

export const NOTHING_FOUND: Pick<Ranking, 'rows' | 'distances'> = {
  rows: new Uint32Array(0),
  distances: new Float64Array(0),
};

/** A picture from outside the project as its descriptor sees it, or why there is no vector of it. */
export type QueryPicture =
  | {
      vector: Float32Array;
      /** A JPEG. */
      thumbnail: Uint8Array<ArrayBuffer>;
      width: number;
      height: number;
    }
  | { skip: Skip };
