import { DEFAULT_SWEEP } from '../../domain/clustering';
import { defaultSpec } from '../../jobs/models';
import type { NewProject } from '../../jobs/projects';

/** A project as it begins: the network that comes with the app, the whole picture squashed to its input. */
export function newProjectFields(name: string): NewProject {
  const { seed, kMin, kMax } = DEFAULT_SWEEP;
  return { name, spec: defaultSpec('squash'), backend: 'auto', seed, k: null, kMin, kMax };
}
