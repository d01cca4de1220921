import type { Scaling } from './clustering';
import type { ProjectionOptions } from './projection';
import type { EmbedSpec } from './spec';
import type { Timing } from './timing';

export type BackendChoice = 'auto' | 'webgpu' | 'wasm';

export interface Project {
  id: string;
  name: string;
  createdAt: number;
  updatedAt: number;
  /** The descriptor in use; other descriptors of the same project stay in the store under their own key. */
  spec: EmbedSpec;
  backend: BackendChoice;
  seed: number;
  /** k chosen by the user; null: the choice of the sweep. */
  k: number | null;
  kMin: number;
  kMax: number;
  /** How rows are prepared for clustering; absent: as `DEFAULT_SWEEP` says. */
  scaling?: Scaling;
  pca?: number | null;
  nInit?: number;
  engine?: 'auto' | 'webgpu' | 'cpu';
  half?: boolean;
  /** Rows that the silhouette is estimated from; Infinity: all, so that it is exact. */
  silhouetteSample?: number;
  /** A kept model that labels the images in place of a fitted sweep. */
  modelId?: string | null;
  /** The map; absent: as `DEFAULT_PROJECTION` says. */
  projection?: ProjectionOptions;
  /** Columns that have one value for each image, and those that have several; absent: as their values suggest. */
  groupings?: { category: readonly string[]; hashtag: readonly string[] };
  /** How long its runs took, the oldest first, wherever they ran; absent: none is known. */
  timings?: readonly Timing[];
}

/** What became of the files of a project. announced = stored-but-waiting + embedded + duplicates + skipped + missing. */
export interface Counts {
  announced: number;
  bytes: number;
  /** Read and kept, waiting for the network. */
  waiting: number;
  embedded: number;
  duplicates: number;
  skipped: number;
  /** Announced, but the tab closed before their bytes were read: dropping the folder again completes them. */
  missing: number;
  /** Of the rows, those known by their path only: no picture of theirs was given yet. */
  pictureless?: number;
}

export interface ProjectSummary {
  project: Project;
  counts: Counts;
  /** Bytes kept in the browser for it. */
  storedBytes: number;
}

/** The images of a project by row: position = row index everywhere (vectors, labels, coordinates). */
export interface RowTable {
  n: number;
  paths: string[];
  /** SHA-256 (hex) of the image's bytes; '' for a row without a picture, whose width and height are 0. */
  hashes: string[];
  widths: Uint32Array;
  heights: Uint32Array;
  /** Rows that came from a file whose bytes another file shares: row -> the other paths. */
  duplicates: Map<number, string[]>;
}

export interface SkippedFile {
  path: string;
  code: import('./files').SkipCode;
  detail?: string;
}
