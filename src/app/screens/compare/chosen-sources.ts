import { idOf, type Source } from '../../state/labellings';

/**
 * The sources that are compared: those asked for by id as long as they exist; else the clustering in use with the class,
 * or with another column, or with the runner-up.
 */
export function chosenSources(
  sources: readonly Source[],
  firstId: string | null,
  secondId: string | null,
  k: number | null,
  runnerUp: number | null,
): { first: Source | null; second: Source | null } {
  const byId = (id: string | null): Source | undefined => sources.find((source) => idOf(source) === id);
  const first = byId(firstId) ?? byId(`edited:${k}`) ?? byId(`k:${k}`) ?? sources[0] ?? null;
  const others = sources.filter((source) => source !== first);
  const second =
    byId(secondId) ??
    others.find((source) => idOf(source) === 'column:class') ??
    others.find(({ kind }) => kind === 'column') ??
    others.find((source) => idOf(source) === `k:${runnerUp}`) ??
    others[0] ??
    first;
  return { first, second };
}
