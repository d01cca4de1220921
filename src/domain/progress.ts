import type { Counts } from './project';
import type { ErrorRecord } from './errors';

export type JobState = 'idle' | 'running' | 'paused' | 'done' | 'cancelled' | 'failed';

export interface EmbedProgress {
  state: JobState;
  counts: Counts;
  /** Images embedded a second over the last while; null until measured. */
  rate: number | null;
  /** Seconds left at that rate; null until measured. */
  secondsLeft: number | null;
}

/** What runs the network, as shown to the person. */
export interface BackendInfo {
  backend: 'webgpu' | 'wasm' | 'pixels';
  /** Adapter name (`nvidia ampere`), or `CPU`. */
  device: string;
  threads: number;
  /** Milliseconds an image in the trial, per backend tried; empty when nothing had to be measured. */
  trial: { backend: 'webgpu' | 'wasm'; msPerImage: number }[];
  reason: 'measured' | 'only-choice' | 'software-adapter' | 'asked' | 'fallback';
}

/** Seconds spent by stage, summed over the workers that ran it. */
export interface StageSeconds {
  read: number;
  decode: number;
  resize: number;
  infer: number;
  store: number;
}

export type EmbedEvent =
  | { type: 'progress'; progress: EmbedProgress }
  | { type: 'backend'; info: BackendInfo }
  /** Rows row0 .. row0 + n - 1 are committed: their thumbnails and vectors can be read from the store. */
  | { type: 'rows'; row0: number; n: number }
  /** These rows, known by their path until now, have their pictures: thumbnails and originals can be read from the store. */
  | { type: 'pictures'; rows: number[] }
  | { type: 'notice'; code: 'device-lost' | 'fallback-wasm' | 'quota-near'; detail?: string }
  | { type: 'failed'; error: ErrorRecord }
  | { type: 'finished'; counts: Counts; seconds: StageSeconds; wallSeconds: number };

export interface AnalysisProgress {
  stage: 'load' | 'pca' | 'kmeans' | 'silhouette' | 'neighbours' | 'layout' | 'quality';
  /** 0..1 over the whole job. */
  fraction: number;
  secondsLeft: number | null;
  /** Said once: the GPU was lost and the work repeated on a new device, or given up for the CPU. */
  notice?: 'device-lost' | 'fallback-cpu';
}
