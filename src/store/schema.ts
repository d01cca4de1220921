import type { DBSchema } from 'idb';
import type { ClusterNote, Sweep } from '../domain/clustering';
import type { EditLog } from '../domain/edits';
import type { ErrorRecord } from '../domain/errors';
import type { Skip } from '../domain/files';
import type { Hierarchy } from '../domain/hierarchy';
import type { ClusterModel } from '../domain/model';
import type { Project } from '../domain/project';
import type { Projection, ProjectionKind } from '../domain/projection';
import type { RemoteSource } from '../domain/remote';
import type { EmbedSpec } from '../domain/spec';
import type { Column, JoinKey, Table } from '../domain/table';

/**
 * The database is a log: records are appended in chunks and never rewritten, except projects, tallies, notes, edits, sweeps,
 * hierarchies and projections, and the rows that were known by their path only when their pictures come. A file is its sequence number (order of announcement); an image is its row (order of commit). Both are fixed
 * for ever. Every write is one transaction that leaves the tally true, so a tab may die after any of them.
 */
export const DB_NAME = 'tessera';
/**
 * 2: hierarchies and models. 3: what is known of images beside their pixels, descriptors from files, servers, the queue.
 * 4: projections, edits of clusters.
 */
export const DB_VERSION = 4;

export interface FileRecord {
  path: string;
  size: number;
  /** Milliseconds since 1970, as the file system or archive tells. */
  modified: number;
  /** Where its picture is fetched from, of a list of addresses; `size` and `modified` are 0. */
  address?: string;
  /** Where its picture lay, of a row that was known by its path first; `size` and `modified` are 0 until then. */
  given?: string;
}

/** Files `seq0` .. `seq0 + files.length - 1`, written before any of them is read. */
export interface FileChunk {
  seq0: number;
  files: FileRecord[];
}

/** The bytes of a file as given: those of a small one themselves, of others a Blob, which browsers put into a file. */
export type Original = Blob | Uint8Array<ArrayBuffer>;

/** What reading gave: `hashes[i]` is the SHA-256 (hex) of the bytes of file `seqs[i]`. */
export interface IntakeChunk {
  seqs: number[];
  hashes: string[];
}

export interface SkipRecord extends Skip {
  seq: number;
}

/**
 * Rows `row0` .. `row0 + n - 1`; `seqs[i]` is the first file with those bytes. A row known by its path only has the hash
 * '', no size and an empty thumbnail, until its picture comes; two such rows may then have the same bytes.
 */
export interface RowChunk {
  row0: number;
  n: number;
  seqs: number[];
  hashes: string[];
  widths: Uint32Array;
  heights: Uint32Array;
}

/** Encoded thumbnails of rows `row0` …, packed; thumbnail i is `data[offsets[i] .. offsets[i + 1]]`. */
export interface ThumbChunk {
  row0: number;
  n: number;
  offsets: Uint32Array;
  data: Uint8Array<ArrayBuffer>;
}

/** Vectors of rows `row0` .. `row0 + n - 1` for one descriptor; `data` is n x d, row-major. */
export interface VectorChunk {
  row0: number;
  n: number;
  d: number;
  data: Float32Array<ArrayBuffer>;
  /** Rows without usable numbers although another descriptor has them, or without a picture; their vector is zero. */
  bad?: number[];
}

/** Vectors that came from a file, waiting for the bytes they belong to. */
export interface ImportedChunk {
  hashes: string[];
  d: number;
  data: Float32Array<ArrayBuffer>;
}

/** Clusters within clusters, or parts clustered one by one: the last of each is kept. */
export type HierarchyKind = 'kmeans' | 'parts';

/** A model of a clustering as people keep it. */
export interface KeptModel {
  id: string;
  name: string;
  model: ClusterModel;
}

/** What a JSON record or a document said of files `seq0` .. `seq0 + n - 1`; a column that a chunk lacks is empty there. */
export interface RecordChunk {
  seq0: number;
  n: number;
  columns: Column[];
}

/** What the pictures themselves say (EXIF) of rows `row0` .. `row0 + n - 1`; a column that a chunk lacks is empty there. */
export interface FactChunk {
  row0: number;
  n: number;
  columns: Column[];
}

/** A table of metadata, joined to the images by a key whenever it is read. */
export interface KeptTable {
  id: string;
  /** Of the file it came from. */
  name: string;
  addedAt: number;
  key: JoinKey;
  table: Table;
  /** Taken away, and kept until that can no longer be undone. */
  removed?: boolean;
}

/** A descriptor the project has vectors of, computed or from a file. */
export interface KeptDescriptor {
  spec: EmbedSpec;
  addedAt: number;
  /** Set while removed vectors can still be brought back. */
  removedAt?: number;
}

/** A project that waits for its turn to be embedded; the lowest position is next. */
export interface QueueEntry {
  projectId: string;
  position: number;
  /** Set aside by the person: its turn passes. */
  paused: boolean;
  /** Set aside together with all others. */
  held?: boolean;
  /** Set aside because of this. */
  failure?: ErrorRecord;
  /** Milliseconds since 1970: everything that could be read has a vector. */
  embeddedAt?: number;
  /** Milliseconds since 1970: its clusters are kept, if it has enough images for any. */
  clusteredAt?: number;
}

/** The books of a project, brought up to date in the transaction of every write. */
export interface Tally {
  /** Files announced, and the bytes they declare. */
  announced: number;
  bytes: number;
  rows: number;
  /** Distinct images kept that have no row yet. */
  fresh: number;
  duplicates: number;
  skipped: number;
  /** Bytes of originals, thumbnails, vectors, hierarchies, projections, models, and the columns of facts, records and tables. */
  storedBytes: number;
  /** Rows 0 .. covered[specKey] - 1 have a vector of that descriptor. */
  covered: Record<string, number>;
  /** Images with a row whose bytes are not kept: the project came in a file without them. Absent: none. */
  withoutBytes?: number;
  /** How many of the covered rows are `bad` in their chunk; not told of vectors that an earlier version wrote. */
  without?: Record<string, number>;
  /** Rows known by their path only. */
  pictureless?: number;
  /** Set while a removed project can still be brought back, and until an arriving one is whole. */
  deletedAt?: number;
}

export interface TesseraSchema extends DBSchema {
  /** [] stand for the key: `[project]`, `[project, seq0]` … */
  projects: { key: string; value: Project };
  tallies: { key: string; value: Tally };
  files: { key: [string, number]; value: FileChunk };
  intake: { key: [string, number]; value: IntakeChunk };
  skips: { key: [string, number]; value: SkipRecord };
  blobs: { key: [string, string]; value: Original };
  rows: { key: [string, number]; value: RowChunk };
  thumbs: { key: [string, number]; value: ThumbChunk };
  vectors: { key: [string, string, number]; value: VectorChunk };
  imported: { key: [string, string, number]; value: ImportedChunk };
  sweeps: { key: [string, string]; value: Sweep };
  notes: { key: [string, string, number]; value: Map<number, ClusterNote> };
  edits: { key: [string, string, number]; value: EditLog };
  hierarchies: { key: [string, string, HierarchyKind]; value: Hierarchy };
  projections: { key: [string, string, ProjectionKind]; value: Projection };
  models: { key: [string, string]; value: KeptModel };
  records: { key: [string, number]; value: RecordChunk };
  facts: { key: [string, number]; value: FactChunk };
  tables: { key: [string, string]; value: KeptTable };
  descriptors: { key: [string, string]; value: KeptDescriptor };
  remotes: { key: [string, string]; value: RemoteSource };
  queue: { key: [string]; value: QueueEntry };
}

/** Stores keyed by [project, …]; `projects` and `tallies` are keyed by the project alone. */
export const PROJECT_STORES = [
  'files',
  'intake',
  'skips',
  'blobs',
  'rows',
  'thumbs',
  'vectors',
  'imported',
  'sweeps',
  'notes',
  'edits',
  'hierarchies',
  'models',
  'records',
  'facts',
  'tables',
  'descriptors',
  'remotes',
  'queue',
  'projections',
] as const;

export const ALL_STORES = ['projects', 'tallies', ...PROJECT_STORES] as const;
export type StoreName = (typeof ALL_STORES)[number];

export const EMPTY_TALLY: Tally = {
  announced: 0,
  bytes: 0,
  rows: 0,
  fresh: 0,
  duplicates: 0,
  skipped: 0,
  storedBytes: 0,
  covered: {},
};
