/** Paths by the table they ended in. */
export interface Tables {
  labels: readonly string[];
  duplicates: readonly string[];
  skipped: readonly string[];
}

export interface Account {
  /** Given, but in no table. */
  missing: string[];
  /** In a table, but never given. */
  unknown: string[];
  /** In more than one place. */
  repeated: string[];
}

/**
 * Compares what was given with what became of it. A given archive stands for the entries listed under its path. Equal
 * paths may be given more than once (a ZIP can hold them); each must then turn up as often.
 */
export function account(given: readonly string[], { labels, duplicates, skipped }: Tables): Account {
  const balance = new Map<string, number>();
  const change = (path: string, by: number): void => void balance.set(path, (balance.get(path) ?? 0) + by);
  for (const path of given) change(path, 1);
  const archives = given.filter((path) => /\.zip$/i.test(path));
  const opened = new Set<string>();
  for (const path of [...labels, ...duplicates, ...skipped]) {
    const archive = balance.has(path) ? undefined : archives.find((a) => path.startsWith(`${a}/`));
    if (archive) opened.add(archive);
    else change(path, -1);
  }
  for (const archive of opened) change(archive, -1);
  const givenSet = new Set(given);
  const paths = [...balance];
  return {
    missing: paths.filter(([, count]) => count > 0).map(([path]) => path),
    unknown: paths.filter(([path, count]) => count < 0 && !givenSet.has(path)).map(([path]) => path),
    repeated: paths.filter(([path, count]) => count < 0 && givenSet.has(path)).map(([path]) => path),
  };
}

/** One sentence on what does not add up, or null when everything does. */
export function complaint({ missing, unknown, repeated }: Account): string | null {
  const list = (paths: string[]): string =>
    paths.slice(0, 3).join(', ') + (paths.length > 3 ? `, and ${paths.length - 3} more` : '');
  const parts = [
    missing.length ? `${missing.length} in no table (${list(missing)})` : '',
    unknown.length ? `${unknown.length} that were not given (${list(unknown)})` : '',
    repeated.length ? `${repeated.length} more than once (${list(repeated)})` : '',
  ].filter(Boolean);
  return parts.length ? `Not every file is accounted for: ${parts.join('; ')}.` : null;
}
