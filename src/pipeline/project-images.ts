import { readFiles, readSkips } from '../store/files';
import { readIntake } from '../store/intake';
import { readRowChunks } from '../store/rows';

/** The images of a project and the files that hold them. */
export interface ProjectImages {
  /** The first file of each row, and its path. */
  seqs: number[];
  paths: string[];
  /** Further files with the bytes of a row. */
  others: Map<number, { seq: number; path: string }[]>;
}

/** The rows of a project with their files. */
export async function readImages(projectId: string): Promise<ProjectImages> {
  // Rows first: whatever they refer to was written before them.
  const chunks = await readRowChunks(projectId);
  const [files, intake] = await Promise.all([readFiles(projectId), readIntake(projectId)]);
  const seqs = chunks.flatMap((chunk) => chunk.seqs);
  const rowOf = new Map(chunks.flatMap(({ hashes }) => hashes).map((hash, row) => [hash, row]));
  const others: ProjectImages['others'] = new Map();
  for (const { seq, hash } of intake.sort((a, b) => a.seq - b.seq)) {
    const row = rowOf.get(hash);
    if (row === undefined || seqs[row] === seq) continue;
    const more = others.get(row) ?? [];
    if (more.length === 0) others.set(row, more);
    more.push({ seq, path: files[seq].path });
  }
  return { seqs, paths: seqs.map((seq) => files[seq].path), others };
}

/** Paths of all images, those that are not embedded yet too: of files that were not skipped, one for equal bytes. */
export async function readTargets(projectId: string, except: string | null): Promise<string[]> {
  const [files, skips, intake] = await Promise.all([
    readFiles(projectId),
    readSkips(projectId),
    readIntake(projectId),
  ]);
  const left = new Set(skips.map(({ seq }) => seq));
  const seen = new Set<string>();
  for (const { seq, hash } of intake.sort((a, b) => a.seq - b.seq)) {
    if (left.has(seq)) continue;
    if (seen.has(hash)) left.add(seq);
    seen.add(hash);
  }
  return files.flatMap(({ path }, seq) => (left.has(seq) || path === except ? [] : [path]));
}
