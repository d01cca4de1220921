import { toRecord } from '../domain/errors';
import type { DroppedFile } from '../domain/files';
import { getProject } from '../store/projects';
import { createProject, type NewProject } from './projects';

/** What is told of a set that is not in the queue, for want of space. */
export interface ArrivalFacts {
  id: string;
  /** Null while not even that could be written. */
  projectId: string | null;
  name: string;
  /** How many were given. */
  files: number;
}

export interface ArrivalSteps {
  /** Lists files, but for the pieces of them that are listed. An error of `quota` says in `listed` how many are now. */
  list(projectId: string, files: DroppedFile[], listed: number): Promise<void>;
  /** Puts the project in the queue while, or after, its files are listed, if it was given any. */
  place(projectId: string, listing: Promise<void> | null): Promise<void>;
}

/** A set on its way into the queue. When the space runs out, what is done of that stays done, and `go` goes on from there. */
export class Arrival {
  readonly id = crypto.randomUUID();
  private listed = 0;
  private isListed = false;

  private constructor(
    private readonly steps: ArrivalSteps,
    private readonly files: DroppedFile[],
    private readonly fields: NewProject | null,
    /** Null until it is made. */
    private projectId: string | null,
  ) {}

  /** Files that become a project. */
  static ofSet(steps: ArrivalSteps, fields: NewProject, files: DroppedFile[]): Arrival {
    return new Arrival(steps, files, fields, null);
  }

  /** Files for a project that exists; without any, the project only takes its place. */
  static into(steps: ArrivalSteps, projectId: string, files: DroppedFile[]): Arrival {
    return new Arrival(steps, files, null, projectId);
  }

  /** As it is now. */
  async facts(): Promise<ArrivalFacts> {
    const { id, projectId, files, fields } = this;
    const name = fields?.name ?? (await getProject(projectId!))?.name ?? '';
    return { id, projectId, name, files: files.length };
  }

  /** Whether there is still a project for it, or none yet. */
  async isWanted(): Promise<boolean> {
    return this.projectId === null || (await getProject(this.projectId)) !== null;
  }

  /** Does what is left of it. Errors: `quota`, which may be tried again, `project-busy`, `store`. */
  async go(): Promise<void> {
    const { steps, files, fields } = this;
    this.projectId ??= (await createProject(fields!)).id;
    if (files.length === 0) return steps.place(this.projectId, null);
    const listing = this.isListed ? Promise.resolve() : steps.list(this.projectId, files, this.listed);
    const told = listing.then(
      () => void (this.isListed = true),
      (error: unknown) => {
        this.listed = Number(toRecord(error).params['listed'] ?? this.listed);
        throw error;
      },
    );
    try {
      await steps.place(this.projectId, told);
    } finally {
      // Listing may go on when there is no room for a place.
      await told.catch(() => undefined);
    }
  }
}
