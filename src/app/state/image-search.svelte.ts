import { toRecord, type ErrorRecord } from '../../domain/errors';
import type { Skip } from '../../domain/files';
import {
  DEFAULT_SEARCH,
  type Metric,
  type QueryPicture,
  type Ranking,
  type SearchQuery,
} from '../../domain/search';
import { Task } from './task.svelte';
import type { StudyHost } from './study-host';

/** What is searched with: images of the project, or a picture that is not in it. */
export type SearchSubject =
  { kind: 'rows'; rows: Uint32Array } | { kind: 'picture'; file: File; picture: QueryPicture | null };

/** What the search needs of the open project. */
export type SearchHost = Pick<StudyHost, 'project' | 'life' | 'search' | 'embedPicture'>;

export const COUNTS = [24, 60, 120, 500, 1000] as const;

/** Images nearest to one, to several, or to a picture from outside; asked again whenever something about it is changed. */
export class ImageSearch {
  readonly task = new Task();
  metric = $state<Metric>('euclidean');
  count = $state<number>(60);
  /** Only up to this distance; null: however far. */
  within = $state<number | null>(null);
  from = $state(0);
  /** Why a picture could not be looked at. */
  skip = $state.raw<Skip | null>(null);
  /** Why the network gave nothing. */
  error = $state.raw<ErrorRecord | null>(null);
  /** A picture is on its way through the network. */
  embedding = $state(false);
  private asked = $state.raw<{ life: AbortSignal; subject: SearchSubject } | null>(null);
  private found = $state.raw<{ subject: SearchSubject; ranking: Ranking | null } | null>(null);

  constructor(private readonly host: SearchHost) {}

  /** Nothing of another project or descriptor. */
  get subject(): SearchSubject | null {
    return this.asked?.life === this.host.life ? this.asked.subject : null;
  }
  /** Null while nothing is found yet; without rows when there is nothing to find. */
  get ranking(): Ranking | null {
    return this.found && this.found.subject === this.subject ? this.found.ranking : null;
  }
  /** Nothing can make a vector of a new picture where those of the project came from a file. */
  get takesPictures(): boolean {
    return this.host.project?.spec.kind !== 'vectors';
  }

  /** Searches with images of the project: by their mean where they are several. */
  async withRows(rows: ArrayLike<number>): Promise<void> {
    if (rows.length === 0) return;
    this.begin({ kind: 'rows', rows: Uint32Array.from(rows) });
    await this.run();
  }

  /** Searches with a picture that does not become part of the project. */
  async withPicture(file: File): Promise<void> {
    this.begin({ kind: 'picture', file, picture: null });
    const { asked } = this;
    if (!this.takesPictures) return;
    this.embedding = true;
    let picture: QueryPicture;
    try {
      picture = await this.host.embedPicture(file);
    } catch (error) {
      if (this.asked !== asked) return;
      this.embedding = false;
      this.error = toRecord(error);
      return;
    }
    if (this.asked !== asked) return;
    this.embedding = false;
    if ('skip' in picture) this.skip = picture.skip;
    else {
      this.asked = { life: this.host.life, subject: { kind: 'picture', file, picture } };
      await this.run();
    }
  }

  choose(patch: Partial<Pick<ImageSearch, 'metric' | 'count' | 'within' | 'from'>>): void {
    // A distance means nothing by another measure.
    if (patch.metric !== undefined && patch.metric !== this.metric) this.within = null;
    this.from = 0;
    Object.assign(this, patch);
    void this.run();
  }

  private begin(subject: SearchSubject): void {
    this.task.cancel();
    this.asked = { life: this.host.life, subject };
    this.found = null;
    this.skip = this.error = null;
    this.embedding = false;
    this.from = 0;
    this.within = null;
  }

  private async run(): Promise<void> {
    const { subject, metric, count, within, from } = this;
    const query = subject && queryOf(subject);
    if (!query) return;
    const options = { ...DEFAULT_SEARCH, metric, from, count, within };
    const found = await this.task.run(this.host.life, (report, signal) =>
      this.host.search(query, options, report, signal),
    );
    if (found && this.subject === subject) this.found = { subject, ranking: found[0] ?? NOTHING };
  }
}

const NOTHING: Ranking = {
  rows: new Uint32Array(0),
  distances: new Float64Array(0),
  within: null,
  n: 0,
  engine: 'cpu',
};

function queryOf(subject: SearchSubject): SearchQuery | null {
  if (subject.kind === 'rows') return { rows: subject.rows };
  const { picture } = subject;
  return picture && 'vector' in picture ? { vectors: picture.vector, q: 1 } : null;
}

/** The ranks of a page that lie within the distance asked for. */
export function shownRanks({ distances }: Pick<Ranking, 'distances'>, within: number | null): number {
  if (within === null) return distances.length;
  const past = distances.findIndex((distance) => distance > within);
  return past < 0 ? distances.length : past;
}
