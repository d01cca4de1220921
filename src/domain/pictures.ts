import type { SheetPage } from './contact-sheet';

/** What pictures are read from: thumbnails (long side 128 px), or the files as they were dropped. */
export type PictureSource = 'thumbnails' | 'originals';

/** Pictures of one project that are looked at together. */
export interface PictureSet {
  projectId: string;
  rows: Uint32Array;
  /** SHA-256 of each, where originals are read; '' for one without a picture. */
  hashes: readonly string[];
  /** Pixels of each original, upright. */
  widths: Uint32Array;
  heights: Uint32Array;
  source: PictureSource;
}

/** Pictures laid over each other, pixel by pixel; all RGBA, width x height, opaque. */
export interface PixelSummary {
  width: number;
  height: number;
  mean: Uint8ClampedArray<ArrayBuffer>;
  /** By channel; of two middle values the mean. */
  median: Uint8ClampedArray<ArrayBuffer>;
  /** Grey: twice the standard deviation, the root mean square over the channels; white is 127.5, the most there can be. */
  spread: Uint8ClampedArray<ArrayBuffer>;
  /** Mean of the standard deviation over the picture, 0..127.5. */
  meanSpread: number;
  /** Pictures laid over each other, those that could not be had, and those asked for. */
  of: number;
  failed: number;
  asked: number;
}

/** Exposed by workers/pictures.worker.ts through Comlink. Callbacks are Comlink proxies. */
export interface PicturesService {
  /** Mean, median and spread; more than 2,000 pictures are drawn from evenly. Errors: `store`. */
  summarise(set: PictureSet, progress: (fraction: number) => void): Promise<PixelSummary>;
  /** One page of a contact sheet as a PNG. Errors: `store`, `memory` where the canvas cannot be so large. */
  sheetPage(projectId: string, page: SheetPage): Promise<{ png: Blob; missing: number }>;
}
