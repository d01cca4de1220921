/** How rows are laid out on the map. */
export type ProjectionMethod = 'pca' | 'umap' | 'tsne';

export interface ProjectionOptions {
  method: ProjectionMethod;
  dims: 2 | 3;
  /** UMAP: nearest neighbours of a row that shape its place, itself counted as umap-learn does. */
  neighbours: number;
  /** UMAP: how close rows may lie, as a share of the spread. */
  minDist: number;
  /** t-SNE: the effective number of neighbours. */
  perplexity: number;
  /** UMAP and t-SNE: of all random choices. */
  seed: number;
}

export const DEFAULT_PROJECTION: ProjectionOptions = {
  method: 'pca',
  dims: 2,
  neighbours: 15,
  minDist: 0.1,
  perplexity: 30,
  seed: 1,
};

/** What the options may be; beyond it they are cut off. */
export const PROJECTION_LIMITS = {
  neighbours: { min: 2, max: 200 },
  minDist: { min: 0, max: 0.99 },
  perplexity: { min: 2, max: 100 },
} as const;

/** How well neighbourhoods of the vectors are kept, judged on some rows against all. */
export interface ProjectionQuality {
  /** Neighbours looked at. */
  k: number;
  /** Rows that were judged; all of them when `sample` is the number of rows. */
  sample: number;
  /** 0..1, as scikit-learn's: neighbours on the map that are none among the vectors count by how far off they are. */
  trustworthiness: number;
  /** Mean share of the k nearest rows by the vectors that are among the k nearest on the map, 0..1. */
  recall: number;
}

/** The graph of nearest neighbours that a layout was made of. */
export interface GraphFacts {
  k: number;
  /** Every pair was compared, or only those of neighbouring lists of an inverted file. */
  search: 'exact' | 'ivf';
  /** Share of the true neighbours that were found, on `sample` rows; 1 where the search is exact. */
  recall: number;
  sample: number;
}

/** Where the rows lie on the map. A row without a vector has the coordinates NaN. */
export interface Projection {
  specKey: string;
  /** Rows of the project it covers, those without a vector among them. */
  n: number;
  method: ProjectionMethod;
  dims: 2 | 3;
  options: ProjectionOptions;
  /** n x dims, row-major. */
  coords: Float32Array;
  /** PCA: the share of the variance on each axis, 0..1; empty for others. */
  explained: number[];
  /** PCA: the axes, dims x d, row-major, by which a later one is turned the same way; empty for others. */
  axes: Float64Array;
  /** UMAP and t-SNE: null where there are too few rows to judge. */
  quality: ProjectionQuality | null;
  graph: GraphFacts | null;
  /** The principal components that neighbours were sought in, and their share of the variance; null: the vectors as they are. */
  reduced: { components: number; explained: number } | null;
  /** t-SNE: Kullback-Leibler divergence of the layout. */
  divergence?: number;
  /** Rows with a vector that were laid out together; those beyond were added to this layout, and it stayed as it was. */
  laid: number;
  engine: 'webgpu' | 'cpu';
  seconds: number;
}

/** What is kept beside each other: the last layout of each method and number of dimensions. */
export type ProjectionKind = `${ProjectionMethod}-${2 | 3}`;

export const kindOf = ({ method, dims }: Pick<ProjectionOptions, 'method' | 'dims'>): ProjectionKind =>
  `${method}-${dims}`;
