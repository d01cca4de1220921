import type { OriginCount } from '../domain/addresses';
import { readFiles, readSkips } from './files';
import { readIntake } from './intake';

/** Where the pictures lie that a project has addresses of and no bytes: never fetched, or without success; most first. */
export async function readAwaited(projectId: string): Promise<OriginCount[]> {
  const files = await readFiles(projectId);
  if (!files.some(({ address }) => address !== undefined)) return [];
  const [intake, skips] = await Promise.all([readIntake(projectId), readSkips(projectId)]);
  const settled = new Set(intake.map(({ seq }) => seq));
  for (const { seq, code } of skips) if (code !== 'address') settled.add(seq);
  const counts = new Map<string, number>();
  files.forEach(({ address }, seq) => {
    if (address === undefined || settled.has(seq)) return;
    const { origin } = new URL(address);
    counts.set(origin, (counts.get(origin) ?? 0) + 1);
  });
  return [...counts].map(([origin, count]) => ({ origin, count })).sort((a, b) => b.count - a.count);
}
