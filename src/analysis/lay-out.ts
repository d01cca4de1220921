import { TesseraError } from '../domain/errors';
import type { ProjectionOptions } from '../domain/projection';
import type { Job } from './job';
import type { Layout } from './projection';

/** UMAP or t-SNE of the rows at hand. */
export async function layOut(
  _job: Job,
  options: ProjectionOptions,
  _earlier: Layout | null,
): Promise<Layout> {
  throw new TesseraError('internal', `${options.method} is not there yet: choose PCA.`);
}
