import type { ClusterNote, Scaling } from './clustering';
import type { EmbedSpec } from './spec';

/** x -> (x - offset) * factor by column; for `l2` each row is divided by its length instead. */
export interface Scaler {
  scaling: Scaling;
  offset: Float64Array;
  factor: Float64Array;
}

export interface Pca {
  mean: Float64Array;
  /** m x d, orthonormal rows, the largest |loading| of each positive. */
  components: Float64Array;
  /** Variance along each component, with n - 1 in the denominator as scikit-learn. */
  variances: Float64Array;
  /** Share of the total variance, 0..1. */
  explained: number[];
}

/** What is done to a vector before it is compared with centroids: scaled, then projected on components. */
export interface Preparation {
  scaler: Scaler;
  pca: Pca | null;
}

/** A fitted clustering that can label images it has not seen. */
export interface ClusterModel {
  /** The descriptor it was fitted on; vectors of another one mean something else. */
  spec: EmbedSpec;
  specKey: string;
  /** Length of a vector before preparation. */
  d: number;
  preparation: Preparation;
  k: number;
  /** k x d' (after preparation), row-major. */
  centroids: Float32Array;
  names: Map<number, ClusterNote>;
  provenance: {
    tessera: string;
    /** ISO 8601. */
    savedAt: string;
    project: string;
    /** Images it was fitted on. */
    n: number;
    seed: number;
    nInit: number;
    maxIterations: number;
    tolerance: number;
    engine: string;
    adapter: string;
    inertia: number;
    /** Of the clusters as they were fitted, before any edit by hand. */
    silhouette: number;
  };
}
