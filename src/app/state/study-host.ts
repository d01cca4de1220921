import type { Sweep } from '../../domain/clustering';
import type { AnalysisProgress } from '../../domain/progress';
import type { QueryPicture, Ranking, SearchOptions, SearchQuery } from '../../domain/search';
import type { FurtherAnalysis } from '../../domain/services';
import type { ProjectPatch } from '../../jobs/projects';
import type { Session } from './session';
import type { StepDetails } from './undo';

/** The same on the page's side: each call can be ended by a signal. */
export type FurtherJob = {
  [Name in keyof FurtherAnalysis]: (
    ...args: [...Parameters<FurtherAnalysis[Name]>, signal?: AbortSignal]
  ) => ReturnType<FurtherAnalysis[Name]>;
};

/** What trees, comparisons and models need of the open project. */
export interface StudyHost extends Session {
  readonly job: FurtherJob;
  /** Aborted when another project or descriptor is opened. */
  readonly life: AbortSignal;
  /** The images nearest to each query; runs beside other analyses. */
  search(
    query: SearchQuery,
    options: SearchOptions,
    progress: (progress: AnalysisProgress) => void,
    signal: AbortSignal,
  ): Promise<Ranking[]>;
  /** The vector of a picture that does not become part of the project. */
  embedPicture(file: Blob): Promise<QueryPicture>;
  /** Puts a better one of the same clusters in place of the sweep, and keeps it. */
  replaceSweep(sweep: Sweep): void;
  useModel(modelId: string | null): Promise<void>;
  /** Changes the project; another descriptor embeds the images anew. */
  change(patch: ProjectPatch): Promise<void>;
  /** Books a step that Undo takes back. */
  bookUndo(kind: string | null, revert: () => void | Promise<void>, more?: StepDetails): void;
}
