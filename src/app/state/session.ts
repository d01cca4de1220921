import { getContext, setContext } from 'svelte';
import type { ProjectColumn, TableEntry } from '../../domain/metadata';
import type { ClusterNote, Clustering, Sweep } from '../../domain/clustering';
import type { AnalysisProgress, BackendInfo, EmbedProgress } from '../../domain/progress';
import type { Projection, ProjectionOptions } from '../../domain/projection';
import type { Counts, Project, RowTable, SkippedFile } from '../../domain/project';
import type { PixelSummary } from '../../domain/pictures';
import type { PerClustering } from './per-clustering.svelte';
import type { RowScores } from './row-scores.svelte';

import type { Edits } from './edits.svelte';

export type Screen =
  | 'map'
  | 'clusters'
  | 'cluster'
  | 'tree'
  | 'explore'
  | 'search'
  | 'compare'
  | 'data'
  | 'settings'
  | 'projects'
  | 'export';
export type SelectMode = 'replace' | 'add' | 'subtract' | 'toggle';

/** The selection is one thing everywhere: map, gallery, inspector, exports. */
export interface Selection {
  /** n flags, 1 = selected. Replaced, never mutated. */
  readonly mask: Uint8Array;
  readonly count: number;
  /** Selected rows, ascending. */
  readonly rows: Uint32Array;
}

/**
 * What the screens see of an open project. The implementation is runes-based (session.svelte.ts): every property is
 * reactive, arrays are replaced rather than mutated. Rows are addressed by index everywhere.
 */
export interface Session {
  readonly project: Project | null;
  readonly rows: RowTable;
  readonly skipped: readonly SkippedFile[];
  /** What is known of the images beside their pixels and paths, and the tables it comes from. Columns may be shorter than `rows`. */
  readonly columns: { readonly all: readonly ProjectColumn[]; readonly tables: readonly TableEntry[] };
  /** What became of the files so far; null without a project. */
  readonly counts: Counts | null;
  /** The first pictures of a drop, until the first of them are embedded. */
  readonly arriving: readonly File[];
  readonly progress: EmbedProgress | null;
  readonly backend: BackendInfo | null;

  /** The map; it may be an earlier one, or PCA, until `projectionOptions` are met, and cover fewer rows than `rows.n`. */
  readonly projection: Projection | null;
  /** The map as asked for. */
  readonly projectionOptions: ProjectionOptions;
  /** How far the map that was asked for is; null while none is made. */
  readonly projecting: AnalysisProgress | null;
  readonly projectionError: string | null;
  /** Asks for another map; kept with the project, and undone as one step. */
  setProjection(change: Partial<ProjectionOptions>): void;
  /** Lays all rows out anew, wherever they lay before. */
  relayout(): void;
  cancelProjection(): void;
  readonly sweep: Sweep | null;
  /**
   * The clustering of `sweep` for `k` with all that was edited by hand: what every screen and file tells of. Its numbers may have
   * gaps (`clustersOf`). It may cover fewer rows than `rows.n` while embedding goes on.
   */
  readonly clustering: Clustering | null;
  /** The same as it was fitted. */
  readonly baseClustering: Clustering | null;
  /** What was done to the clusters by hand, and how to do more. */
  readonly edits: Edits;
  /** The k that was fitted: after merging and splitting there may be another number of clusters. */
  readonly k: number | null;
  readonly analysis: AnalysisProgress | null;
  readonly analysisError: string | null;
  /** Silhouettes of images, margins and medoids of the clustering in use; made when a screen wants them. */
  readonly scores: RowScores;
  /** Mean, median and spread of the pictures of clusters; keys are those of `summaryKey`. */
  readonly summaries: PerClustering<PixelSummary>;
  setK(k: number): void;
  rerunSweep(): void;
  cancelAnalysis(): void;

  readonly selection: Selection;
  select(rows: Iterable<number>, mode: SelectMode): void;
  clearSelection(): void;
  /** The selected images as a ZIP, a folder per cluster. */
  saveSelection(): Promise<void>;
  /** The row the pointer or the keyboard is on, shown by map and inspector alike. */
  hovered: number | null;

  readonly screen: Screen;
  /** The cluster whose page is open. */
  readonly cluster: number | null;
  /** The node of the tree whose page is open, or the part of Explore. */
  readonly node: string | null;
  go(screen: Screen, at?: number | string): void;

  /** Names and notes of the clusters of the k in use. */
  readonly notes: ReadonlyMap<number, ClusterNote>;
  setNote(cluster: number, note: ClusterNote): void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** What would be undone or done again, as a phrase; '' for what has no name. */
  readonly undoLabel: string;
  readonly redoLabel: string;
  undo(): void;
  redo(): void;

  /** Object URL of the thumbnail (long side 128 px), cached; rejects when the row has none. */
  thumbnail(row: number): Promise<string>;
  original(row: number): Promise<Blob>;
  /** Mean of the thumbnails of the rows; `of` = how many were averaged. */
  meanImage(rows: Uint32Array, size: number): Promise<{ rgba: Uint8ClampedArray; of: number }>;
  nearest(row: number, count: number): Promise<{ rows: Uint32Array; distances: Float64Array }>;
}

const KEY = Symbol('session');
export const provideSession = (session: Session): Session => setContext(KEY, session);
export const useSession = (): Session => getContext<Session>(KEY);
