import type { KChoice, Sweep } from '../domain/clustering';
import { toRecord, type ErrorRecord } from '../domain/errors';
import type { DroppedFile } from '../domain/files';
import type { AnalysisProgress, BackendInfo, EmbedProgress, StageSeconds } from '../domain/progress';
import type { BackendChoice, Counts } from '../domain/project';
import type { RecordsOptions } from '../domain/records';
import type { EmbedSpec, ResizeMode } from '../domain/spec';
import type { AnalysisRequest } from './headless-analysis';
import type { DescriptorFacts } from './headless-descriptors';
import type { MetadataFacts } from './headless-metadata';
import type { HeadlessModel } from './headless-model';
import { run } from './headless-run';

export interface HeadlessRequest extends AnalysisRequest {
  /** `file`: the one chosen in `#model`. */
  model: HeadlessModel;
  resize: ResizeMode;
  backend: BackendChoice;
  seed: number;
  /** Only so many entries of a given archive. */
  limit: number | null;
  /** The column of the table chosen in `#metadata` that names images; null: the one that leads to most. */
  fieldname: string | null;
  /** Of the file of vectors chosen in `#descriptors`, which take the place of a network's: the array, null for the only or first one. */
  array: string | null;
  /** As many of the first images go out as PNG, in `PNG_FILE`. */
  png: number;
  /** The project file chosen in `#project` takes the place of images; its clusters are written as they are. */
  project: boolean;
  /** What a new project is called, and whether it is handed out as project.tessera. */
  name: string;
  saveProject: boolean;
}

export type HeadlessEvent =
  | { type: 'embed'; progress: EmbedProgress }
  | { type: 'backend'; info: BackendInfo }
  | { type: 'vectors'; fraction: number }
  | { type: 'notice'; text: string }
  | { type: 'analysis'; progress: AnalysisProgress };

export interface TreeFacts {
  nodes: number;
  leaves: number;
  seconds: number;
}

export interface HeadlessResult {
  spec: EmbedSpec;
  counts: Counts;
  backend: BackendInfo | null;
  /** Summed over the workers of each stage. */
  stages: StageSeconds;
  embedSeconds: number;
  metadata: MetadataFacts | null;
  descriptors: DescriptorFacts | null;
  /** null when no image could be embedded. */
  clustering: {
    k: number;
    choice: KChoice;
    kTried: number[];
    scaling: Sweep['scaling'];
    /** Numbers of an image that were compared, after any reduction. */
    dimensions: number;
    /** The model that was applied. */
    model: Sweep['model'] | null;
    engine: Sweep['engine'];
    peakBytes: NonNullable<Sweep['peakBytes']> | null;
    /** Rows that were scored, where these were not all. */
    scoredRows: number | null;
    adapter: string;
    seconds: number;
    sizes: number[];
    hierarchy: TreeFacts | null;
    perFolder: TreeFacts | null;
  } | null;
  /** What was handed out, in downloads of these names. */
  files: string[];
  /** Those of them that came together in the download `PACK`. */
  packed: string[];
}

export type HeadlessAnswer = { ok: true; result: HeadlessResult } | { ok: false; error: ErrorRecord };

/** What the command line drives; the page itself stays empty but for the file inputs it fills. */
export interface Headless {
  /**
   * Takes the files now chosen in `#given`, under these paths, in their order; gives how many there are in all. With `records`,
   * they are JSON and read in that way.
   */
  take(paths: readonly string[], records?: RecordsOptions | null): number;
  /** A file that is known and cannot be opened. */
  takeUnreadable(path: string, reason: string): void;
  run(request: HeadlessRequest): Promise<HeadlessAnswer>;
}

declare global {
  interface Window {
    tessera: Headless;
    /** Put there by whoever wants to follow. */
    tesseraEvent?: (event: HeadlessEvent) => void;
  }
}

const tell = (event: HeadlessEvent): void => window.tesseraEvent?.(event);

function filePicker(id: string): HTMLInputElement {
  const input = document.createElement('input');
  Object.assign(input, { type: 'file', multiple: true, id, ariaLabel: id });
  document.body.append(input);
  return input;
}

/**
 * Puts the command line's handle on the page: `window.tessera`, and the inputs `#given`, `#model`, `#clusters`, `#metadata`, `#project`,
 * `#descriptors` and `#paths`.
 */
export function startHeadless(): void {
  const given = filePicker('given');
  const [model, clusters, metadata, project, descriptors, paths] = (
    ['model', 'clusters', 'metadata', 'project', 'descriptors', 'paths'] as const
  ).map(filePicker);
  const chosen = (input: HTMLInputElement): File | null => input.files?.[0] ?? null;
  const files: DroppedFile[] = [];
  window.tessera = {
    take(paths, records) {
      const chosen = Array.from(given.files ?? []);
      if (chosen.length !== paths.length)
        throw new Error(`${paths.length} paths came with ${chosen.length} files.`);
      chosen.forEach((file, i) =>
        files.push({
          path: paths[i],
          file: paths[i] === '' ? asArchive(file) : file,
          ...(records && { records }),
        }),
      );
      return files.length;
    },
    takeUnreadable(path, reason) {
      files.push({ path, file: new File([], path), unreadable: reason });
    },
    run: (request) =>
      run(
        {
          given: files,
          model: chosen(model),
          clusters: chosen(clusters),
          metadata: chosen(metadata),
          project: chosen(project),
          descriptors: chosen(descriptors),
          paths: chosen(paths),
        },
        request,
        tell,
      ).then(
        (result) => ({ ok: true, result }),
        (error: unknown) => ({ ok: false, error: toRecord(error) }),
      ),
  };
}

/** An archive is known by its ending; on the command line it was called one. */
const asArchive = (file: File): File => new File([file], 'given.zip', { lastModified: file.lastModified });
