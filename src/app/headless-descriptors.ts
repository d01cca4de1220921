import { TesseraError } from '../domain/errors';
import type { DroppedFile } from '../domain/files';
import type { EmbedEvent } from '../domain/progress';
import type { Project } from '../domain/project';
import type { DescriptorPreview, DescriptorRequest } from '../domain/services';
import { EmbedJob } from '../jobs/embed-job';
import * as projects from '../jobs/projects';

/** What became of a file of vectors. */
export interface DescriptorFacts {
  file: string;
  /** Of a file with several. */
  array: string | null;
  /** The list of paths, or where else the paths came from. */
  paths: string;
  type: string;
  vectors: number;
  dim: number;
  /** Images that have a vector now. */
  used: number;
  /** Images that were made of a path alone. */
  added: number;
  /** Paths that lead to no image, to several, and those that stand in the list more than once. */
  withoutImage: number;
  ambiguous: number;
  repeated: number;
  /** The first paths that lead to no image. */
  lonely: string[];
}

/** The vectors of another tool that were named to the page, in place of a network. */
export class HeadlessDescriptors {
  private constructor(
    private readonly asked: DescriptorRequest,
    private readonly preview: DescriptorPreview,
  ) {}

  /**
   * Looks into the file before anything is kept. `hasImages`: there are images that its vectors may belong to by their order. Errors:
   * `read-file`, `import-descriptors`.
   */
  static async open(
    file: File,
    array: string | null,
    list: File | null,
    hasImages: boolean,
    notice: (text: string) => void,
  ): Promise<HeadlessDescriptors> {
    const job = new EmbedJob(() => undefined);
    try {
      const paths = list ? { list } : ('inside' as const);
      const found = await job.inspectDescriptors(null, { file, array, paths, addMissing: true });
      if (array === null && found.array !== null)
        notice(
          `${file.name} holds ${found.arrays.map(({ name }) => name).join(', ')}; ${found.array} is used. --array names another.`,
        );
      if (!list && !found.hasNames && !hasImages)
        throw new TesseraError(
          'import-descriptors',
          `${file.name} does not say which image each vector belongs to: name a list of paths with --paths FILE.`,
        );
      if (list && found.paths !== found.n)
        throw new TesseraError(
          'import-descriptors',
          `There are ${found.paths} paths in ${list.name} and ${found.n} vectors in ${file.name}: they do not belong together.`,
        );
      const from = list || found.hasNames ? paths : ('order' as const);
      return new HeadlessDescriptors(
        { file, array: found.array, paths: from, addMissing: !hasImages },
        found,
      );
    } finally {
      job.dispose();
    }
  }

  /** Lists the images, if there are any, and takes the vectors over. Errors: `read-file`, `import-descriptors`, `quota`, `store`. */
  async take(
    project: Project,
    given: DroppedFile[],
    follow: (event: EmbedEvent) => void,
    progress: (fraction: number) => void,
  ): Promise<{ project: Project; facts: DescriptorFacts }> {
    const { asked, preview } = this;
    const job = new EmbedJob(follow);
    try {
      await job.add(project.id, given);
      const { spec, vectors, added } = await job.importDescriptors(project.id, asked, follow, progress);
      const { unmatched, ambiguous, duplicates, lonely } = await job.inspectDescriptors(project.id, asked);
      const facts = {
        file: asked.file.name,
        array: asked.array,
        paths: typeof asked.paths === 'string' ? asked.paths : asked.paths.list.name,
        type: preview.dtype,
        vectors: preview.n,
        dim: preview.d,
        used: vectors,
        added,
        withoutImage: unmatched,
        ambiguous,
        repeated: duplicates,
        lonely,
      };
      return { project: await projects.updateProject(project.id, { spec }), facts };
    } finally {
      job.dispose();
    }
  }
}
