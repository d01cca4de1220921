import { DEFAULT_PROJECTION, type Projection, type ProjectionOptions } from '../../src/domain/projection';
import { SvelteMap } from 'svelte/reactivity';
import type { Clustering, ClusterNote } from '../../src/domain/clustering';
import type { AnalysisProgress } from '../../src/domain/progress';
import { DEFAULT_SWEEP } from '../../src/domain/clustering';
import type { ProjectColumn } from '../../src/domain/metadata';
import type { Project, RowTable } from '../../src/domain/project';
import { RAW_PIXELS } from '../../src/domain/spec';
import { clusterColour } from '../../src/app/state/palette';
import { pixelSummaries } from '../../src/app/state/pixel-summaries.svelte';
import { RowScores, type ScoreHost } from '../../src/app/state/row-scores.svelte';
import { Edits, type EditsHost } from '../../src/app/state/edits.svelte';
import { changeSelection, emptySelection } from '../../src/app/state/selection';
import type { Screen, SelectMode, Selection, Session } from '../../src/app/state/session';
import type { DrawnSet } from './drawn-set';

const NOBODY: RowTable = {
  n: 0,
  paths: [],
  hashes: [],
  widths: new Uint32Array(),
  heights: new Uint32Array(),
  duplicates: new SvelteMap(),
};

export type FakeState = 'ready' | 'empty' | 'busy' | 'failed' | 'unclustered' | 'space';

const kept = new WeakMap<DrawnSet, Projection>();

/** The first three columns in place of the first two. */
function inSpace(set: DrawnSet): Projection {
  const { rows, vectors, dimension, projection } = set;
  const known = kept.get(set);
  if (known) return known;
  const coords = new Float32Array(3 * rows.n);
  for (let row = 0; row < rows.n; row++)
    coords.set(vectors.subarray(row * dimension, row * dimension + 3), 3 * row);
  const made: Projection = { ...projection, dims: 3, coords, explained: [0.43, 0.19, 0.1] };
  kept.set(set, made);
  return made;
}

/** A session over a made-up project, for looking at views and for testing them without workers or a store. */
export class FakeSession implements Session, EditsHost {
  project: Project | null = {
    id: 'fake',
    name: 'chicken-2025',
    createdAt: 0,
    updatedAt: 0,
    spec: RAW_PIXELS,
    backend: 'auto',
    seed: 1,
    k: null,
    kMin: DEFAULT_SWEEP.kMin,
    kMax: DEFAULT_SWEEP.kMax,
  };
  skipped = [];
  columns = $state.raw<{ all: readonly ProjectColumn[]; tables: [] }>({ all: [], tables: [] });
  arriving: readonly File[] = [];
  progress = null;
  backend = null;
  readonly counts = null;
  readonly canUndo = false;
  readonly canRedo = false;
  readonly undoLabel = '';
  readonly redoLabel = '';
  readonly edits: Edits = new Edits(this);
  k = $state(9);
  hovered = $state<number | null>(null);
  screen = $state<Screen>('map');
  cluster = $state<number | null>(null);
  node = $state<string | null>(null);
  selection = $state.raw<Selection>(emptySelection(0));
  notes = new SvelteMap<number, ClusterNote>([[1, { name: 'Feeding', note: '' }]]);
  saved = $state(0);
  state = $state<FakeState>('ready');
  thumbnailsAsked: number[] = [];
  private readonly urls: Promise<string>[] = [];

  readonly life = new AbortController().signal;
  /** Made up from the distances, so that the range is that of silhouettes. */
  readonly job: ScoreHost['job'] & EditsHost['job'] = {
    isReady: false,
    measureClusters: () => Promise.reject(new Error('Nothing is loaded.')),
    splitCluster: () => Promise.reject(new Error('Nothing is loaded.')),
    rowSilhouettes: async () => ({
      values: Float32Array.from(this.clustering?.distances ?? [], (distance) => 1 - distance / 5),
      sampled: null,
    }),
    margins: async () => ({ second: new Uint16Array(), gaps: new Float32Array() }),
    medoid: async (_, rows) => ({ row: rows[0], meanDistance: 0, sampled: null }),
  };
  readonly scores = new RowScores(this);
  readonly summaries = pixelSummaries(this);

  constructor(private readonly set: DrawnSet) {
    this.selection = emptySelection(set.rows.n);
  }

  get rows() {
    return this.state === 'empty' ? NOBODY : this.set.rows;
  }
  get projection() {
    if (this.state === 'space') return inSpace(this.set);
    return this.state === 'ready' || this.state === 'unclustered' ? this.set.projection : null;
  }
  get sweep() {
    return this.state === 'ready' || this.state === 'space' ? this.set.sweep : null;
  }
  get clustering(): Clustering | null {
    return this.edits.clustering;
  }
  get baseClustering() {
    return this.sweep?.clusterings.find((c) => c.k === this.k) ?? null;
  }
  get analysis(): AnalysisProgress | null {
    return this.state === 'busy' ? { stage: 'kmeans', fraction: 0.42, secondsLeft: 37 } : null;
  }
  get analysisError() {
    return this.state === 'failed' ? 'The graphics device stopped responding.' : null;
  }

  setK(k: number): void {
    this.k = k;
  }
  projectionOptions = $state.raw(DEFAULT_PROJECTION);
  projecting = null;
  projectionError = null;
  setProjection(change: Partial<ProjectionOptions>): void {
    this.projectionOptions = { ...this.projectionOptions, ...change };
  }
  relayout(): void {}
  cancelProjection(): void {}
  rerunSweep(): void {
    this.state = 'busy';
  }
  cancelAnalysis(): void {
    this.state = 'unclustered';
  }
  select(rows: Iterable<number>, mode: SelectMode): void {
    this.selection = changeSelection(this.selection, rows, mode, this.set.rows.n);
  }
  clearSelection(): void {
    this.selection = emptySelection(this.set.rows.n);
  }
  async saveSelection(): Promise<void> {
    this.saved++;
  }
  go(screen: Screen, at?: number | string): void {
    this.screen = screen;
    this.cluster = typeof at === 'number' ? at : null;
    this.node = typeof at === 'string' ? at : null;
  }
  setNote(cluster: number, note: ClusterNote): void {
    this.notes.set(cluster, note);
  }
  undo(): void {
    this.clearSelection();
  }
  bookUndo(): void {}
  takeUpSteps(): void {}
  forgetSteps(): void {}
  redo(): void {
    this.clearSelection();
  }

  thumbnail(row: number): Promise<string> {
    this.thumbnailsAsked.push(row);
    const known = this.urls[row] ?? this.draw(row, 128).then((blob) => URL.createObjectURL(blob));
    this.urls[row] = known;
    return known;
  }
  original(row: number): Promise<Blob> {
    return row % 7 === 3 ? Promise.resolve(new Blob(['not an image'])) : this.draw(row, 640);
  }
  async meanImage(rows: Uint32Array, size: number): Promise<{ rgba: Uint8ClampedArray; of: number }> {
    const rgba = new Uint8ClampedArray(size * size * 4);
    const hue = this.hueOf(rows[0] ?? 0);
    for (let i = 0; i < size * size; i++) {
      const away = Math.hypot((i % size) - size / 2, Math.floor(i / size) - size / 2) / size;
      rgba.set([hue.map((c) => c * (1 - away) + 200 * away), 255].flat(), 4 * i);
    }
    return { rgba, of: Math.min(rows.length, 2000) };
  }
  async nearest(row: number, count: number): Promise<{ rows: Uint32Array; distances: Float64Array }> {
    const { vectors, dimension: d, rows } = this.set;
    const far = (other: number): number => {
      let squared = 0;
      for (let j = 0; j < d; j++) squared += (vectors[row * d + j] - vectors[other * d + j]) ** 2;
      return Math.sqrt(squared);
    };
    const others = Array.from({ length: rows.n }, (_, other) => ({ other, distance: far(other) }))
      .filter(({ other }) => other !== row)
      .sort((a, b) => a.distance - b.distance)
      .slice(0, count);
    return {
      rows: Uint32Array.from(others, ({ other }) => other),
      distances: Float64Array.from(others, ({ distance }) => distance),
    };
  }

  private hueOf(row: number): number[] {
    const label = this.set.sweep.clusterings[4].labels[row];
    const n = Number.parseInt(clusterColour(label, 'light').slice(1), 16);
    return [n >> 16, (n >> 8) & 255, n & 255];
  }

  /** A ground and a shape whose colours and form follow the point's place. */
  private draw(row: number, width: number): Promise<Blob> {
    const height = (width * 3) / 4;
    const canvas = new OffscreenCanvas(width, height);
    const c = canvas.getContext('2d')!;
    const [r, g, b] = this.hueOf(row);
    const at = (j: number): number => this.set.vectors[row * this.set.dimension + j];
    c.fillStyle = `rgb(${230 - at(2) * 6} ${232 - at(3) * 5} ${226 - at(4) * 6})`;
    c.fillRect(0, 0, width, height);
    c.fillStyle = `rgb(${r} ${g} ${b} / 0.85)`;
    const label = this.set.sweep.clusterings[4].labels[row];
    c.translate(width / 2 + at(5) * 4, height / 2 + at(6) * 4);
    c.rotate(at(7) / 2);
    c.beginPath();
    const corners = 3 + (label % 6);
    for (let i = 0; i <= corners * 2; i++) {
      const radius = height * (i % 2 ? 0.36 : 0.36 - 0.05 * (label % 4));
      c.lineTo(radius * Math.cos((i * Math.PI) / corners), radius * Math.sin((i * Math.PI) / corners) * 0.9);
    }
    c.fill();
    return canvas.convertToBlob({ type: 'image/png' });
  }
}
