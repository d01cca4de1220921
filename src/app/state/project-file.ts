import type { Project } from '../../domain/project';
import { safeName } from '../../exports/safe-name';
import { save } from '../../exports/save';
import { projectFileChunks, type FileProgress } from '../../jobs/project-file-job';

export const PROJECT_FILE_TYPE = 'application/vnd.tessera+zip';

/**
 * Writes a project as a project file and lets the person keep it; answers its name, or null when they closed the dialog. Must
 * follow a click. Errors: `project-busy`, `store`, `cancelled`.
 */
export async function saveProjectFile(
  project: Pick<Project, 'id' | 'name'>,
  choice: { originals: boolean; expected: number },
  report: (progress: FileProgress) => void,
  signal: AbortSignal,
): Promise<string | null> {
  const name = safeName(`${project.name}.tessera`);
  const chunks = projectFileChunks(project.id, choice, report, signal);
  return (await save({ name, type: PROJECT_FILE_TYPE, chunks })) ? name : null;
}
