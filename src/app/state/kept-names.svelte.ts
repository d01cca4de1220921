import type { Sweep } from '../../domain/clustering';
import * as jobs from '../../jobs/projects';
import { keptNotes, NO_KEPT_NOTES, NO_NOTES, notesKey, withNotes, type KeptNotes, type Notes } from './notes';

/** Names and notes of clusters as they are kept with a project, for each of its clusterings. */
export class KeptNames {
  private kept = $state.raw<KeptNotes>(NO_KEPT_NOTES);

  /** Those of one k of a sweep. */
  of(sweep: Sweep | null, k: number | null): Notes {
    return (sweep && this.kept.get(keyOf(sweep, k))) ?? NO_NOTES;
  }

  /** Reads those of a project; null forgets them. */
  async open(projectId: string | null): Promise<void> {
    this.kept = NO_KEPT_NOTES;
    if (projectId !== null) this.kept = keptNotes(await jobs.allNotes(projectId));
  }

  /** Reads those of one clustering again, and takes them up if it `isCurrent` then. */
  async read(projectId: string, sweep: Sweep, k: number, isCurrent: () => boolean): Promise<boolean> {
    const notes = await jobs.notes(projectId, sweep, k);
    if (!isCurrent()) return false;
    this.kept = withNotes(this.kept, keyOf(sweep, k), notes);
    return true;
  }
}

const keyOf = (sweep: Sweep, k: number | null): string => notesKey(jobs.sweepIdentity(sweep), k);
