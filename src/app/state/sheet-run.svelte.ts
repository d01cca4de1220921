import type { Artifact } from '../../exports/artifact';
import { TargetFolder } from '../../exports/picture-folder';
import { save } from '../../exports/save';
import { zip, type ZipEntry } from '../../exports/zip';
import { TesseraError } from '../../domain/errors';
import { PicturesJob } from '../../jobs/pictures-job';
import { pageFile, type SheetPlan } from './contact-sheet';
import { ofProject, type ExportHost } from './exports';
import { timed } from './picture-tasks';
import { Task } from './task.svelte';

/** What a person gets to know when it is over. */
export interface SheetOutcome {
  pages: number;
  /** null: into a folder. */
  file: string | null;
  /** Pictures that a grey square stands for. */
  missing: number;
}

interface DirectoryPickerWindow {
  showDirectoryPicker?(options: { mode: 'readwrite'; id: string }): Promise<FileSystemDirectoryHandle>;
}

/** Draws the pages of a contact sheet one after the other and hands each on before the next. */
export class SheetRun {
  readonly task = new Task();
  private readonly job = new PicturesJob();

  /**
   * `name`: of the file without its ending. Must follow a click. null when the person closed the dialog of the system or
   * cancelled, or when it failed, which the task tells.
   */
  async run(
    plan: SheetPlan,
    into: 'file' | 'folder',
    name: string,
    session: Pick<ExportHost, 'project'>,
  ): Promise<SheetOutcome | null> {
    const pages = plan.places.length;
    const projectId = session.project?.id ?? '';
    let missing = 0;
    try {
      return await this.task.run(new AbortController().signal, async (report, signal) => {
        const told = timed(report);
        const draw = async (index: number): Promise<Blob> => {
          const drawn = await this.job.sheetPage(projectId, plan.page(index), signal);
          missing += drawn.missing;
          told((index + 1) / pages);
          return drawn.png;
        };
        if (into === 'folder') {
          await intoFolder(pages, draw);
          return { pages, file: null, missing };
        }
        const artifact = ofProject(session, artifactOf(pages, name, draw));
        return (await save(artifact)) ? { pages, file: artifact.name, missing } : null;
      });
    } finally {
      this.job.dispose();
    }
  }
}

/** One page as a PNG, several as a ZIP of them. */
function artifactOf(pages: number, name: string, draw: (index: number) => Promise<Blob>): Artifact {
  if (pages === 1) return { name: `${name}.png`, type: 'image/png', chunks: bytesOf(() => draw(0)) };
  async function* entries(): AsyncGenerator<ZipEntry> {
    for (let index = 0; index < pages; index++)
      yield { name: pageFile(index, pages), input: await draw(index) };
  }
  return { name: `${name}.zip`, type: 'application/zip', chunks: zip(entries()) };
}

async function* bytesOf(draw: () => Promise<Blob>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield new Uint8Array(await (await draw()).arrayBuffer());
}

/** Nothing that is there is written over: a name that is taken gets a number. */
async function intoFolder(pages: number, draw: (index: number) => Promise<Blob>): Promise<void> {
  const picker = (globalThis as DirectoryPickerWindow).showDirectoryPicker;
  if (!picker) throw new TesseraError('internal', 'This browser cannot write into a folder; take a ZIP.');
  const root = await picker.call(globalThis, { mode: 'readwrite', id: 'tessera-export' }).catch((error) => {
    if (error instanceof DOMException && error.name === 'AbortError')
      throw new TesseraError('cancelled', 'Cancelled.');
    throw error;
  });
  const folder = new TargetFolder(root);
  for (let index = 0; index < pages; index++) await folder.write([pageFile(index, pages)], await draw(index));
}
