import type { Clustering, ClusterNote, Sweep } from '../../domain/clustering';
import type { LoggedEdit } from '../../domain/edits';
import type { JoinKey } from '../../domain/table';
import type { Projection } from '../../domain/projection';
import type { BackendInfo } from '../../domain/progress';
import type { Counts, SkippedFile } from '../../domain/project';
import type { EmbedSpec } from '../../domain/spec';

/** A table of metadata, and what its key joins. */
export interface JoinedTable {
  name: string;
  rows: number;
  key: JoinKey;
  matched: number;
  images: number;
}

/** Everything that a methods page tells; nothing on it comes from elsewhere. */
export interface MethodsFacts {
  project: string;
  /** Version of the app, and when the page is made (milliseconds since 1970). */
  app: string;
  time: number;
  /** What the browser says it is. */
  browser: string;
  spec: EmbedSpec;
  /** The network that comes with the app. */
  isOwnNetwork: boolean;
  /** What ran the network, where that was in this session. */
  backend: BackendInfo | null;
  counts: Counts;
  skipped: readonly SkippedFile[];
  sweep: Sweep | null;
  /** The clustering that is shown; its k may have been chosen by hand. */
  clustering: Clustering | null;
  /** The map that is shown; absent where there is no screen. */
  projection?: Projection | null;
  /** What was edited by hand, in order. */
  edits?: readonly LoggedEdit[];
  notes: ReadonlyMap<number, ClusterNote>;
  tables: readonly JoinedTable[];
}
