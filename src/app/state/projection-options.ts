import { DEFAULT_PROJECTION, PROJECTION_LIMITS, type ProjectionOptions } from '../../domain/projection';
import type { Project } from '../../domain/project';

/** The map of a project; what the project does not say is as usual. */
export function projectionOf(project: Project | null): ProjectionOptions {
  return { ...DEFAULT_PROJECTION, ...project?.projection };
}

/** The options with a change, cut off at what they may be. */
export function withChange(before: ProjectionOptions, change: Partial<ProjectionOptions>): ProjectionOptions {
  const after = { ...before, ...change };
  for (const key of ['neighbours', 'minDist', 'perplexity'] as const) {
    const { min, max } = PROJECTION_LIMITS[key];
    const value = Number.isFinite(after[key]) ? after[key] : DEFAULT_PROJECTION[key];
    after[key] = Math.min(max, Math.max(min, value));
  }
  after.neighbours = Math.round(after.neighbours);
  return after;
}

/** What of the options makes a difference for the method, as a key. */
function projectionKey({ method, dims, seed, neighbours, minDist, perplexity }: ProjectionOptions): string {
  const own = { pca: [], umap: [seed, neighbours, minDist], tsne: [seed, perplexity] }[method];
  return [method, dims, ...own].join('|');
}

export function sameProjection(a: ProjectionOptions, b: ProjectionOptions): boolean {
  return projectionKey(a) === projectionKey(b);
}
