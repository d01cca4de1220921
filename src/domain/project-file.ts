/** Numbers of things in a project file, told before it is opened. */
export interface ProjectFileCounts {
  files: number;
  images: number;
  skipped: number;
  /** Sets of vectors, vectors that wait for their images, sweeps, trees, saved models, tables, maps, edits. */
  vectors: number;
  imported: number;
  sweeps: number;
  hierarchies: number;
  models: number;
  tables: number;
  projections: number;
  edits: number;
}

/** What a project file says of itself. */
export interface ProjectFileSummary {
  name: string;
  /** The version of the app that wrote it, and when (ISO 8601). */
  app: string;
  savedAt: string;
  counts: ProjectFileCounts;
  /** Images whose own bytes are in it. */
  originals: number;
  bytes: number;
}

/** About how many bytes a project file would have. */
export interface ProjectFileSizes {
  /** Everything but the images' own bytes. */
  rest: number;
  /** The images' own bytes, and how many images have them. */
  originals: number;
  images: number;
}

/** Exposed by workers/project-file.worker.ts through Comlink; one file at a time. Callbacks are Comlink proxies. */
export interface ProjectFileService {
  /** Errors: `project-file`, `project-newer`. */
  describe(file: Blob): Promise<ProjectFileSummary>;
  /** Makes a new project of it; answers its id. Errors: as before, `quota`, `store`, `cancelled`. */
  open(file: Blob, progress: (fraction: number) => void): Promise<string>;
  sizes(projectId: string): Promise<ProjectFileSizes>;
  /** Begins to write one; `next` gives its bytes. Errors: `store`, `project-busy`. */
  begin(projectId: string, originals: boolean): Promise<void>;
  /** The next bytes; null when it is whole. */
  next(): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Ends what is being read or written. */
  cancel(): Promise<void>;
}
