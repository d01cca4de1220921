import { writePictures, type FolderResult } from '../../exports/picture-folder';
import { paced } from '../../exports/paced';
import { save } from '../../exports/save';
import { toRecord, TesseraError } from '../../domain/errors';
import { PngJob } from '../../jobs/png-job';
import { fileOf, layoutOf, picturesOf, type Prepared } from './export-artifact';
import { ofProject } from './exports';

/** What a person gets to know when it is over. */
export type Outcome = { kind: 'file'; name: string } | ({ kind: 'folder' } & FolderResult);

interface DirectoryPickerWindow {
  showDirectoryPicker?(options: { mode: 'readwrite'; id: string }): Promise<FileSystemDirectoryHandle>;
}

/** Whether the browser lets pages write into a folder. */
export const hasFolders = (): boolean => 'showDirectoryPicker' in globalThis;

/** One export at a time: how far it is, and how to end it. */
class ExportRun {
  /** 0..1, or null while nothing runs. */
  fraction = $state<number | null>(null);
  private stop: AbortController | null = null;
  private readonly png = new PngJob();
  private readonly encode = (original: Blob): Promise<Blob> => this.png.encode(original);

  /**
   * Writes what was prepared; null when the person closed the dialog of the system or cancelled a file. `bytes`: about how many
   * there will be. Must follow a click. Errors: `store`, those of writing.
   */
  async run(prepared: Prepared, bytes: number | null): Promise<Outcome | null> {
    this.cancel();
    const stop = (this.stop = new AbortController());
    try {
      return prepared.plan.format === 'folder'
        ? await this.intoFolder(prepared, stop.signal)
        : await this.intoFile(prepared, bytes, stop.signal);
    } catch (error) {
      if (toRecord(error).code === 'cancelled') return null;
      throw error;
    } finally {
      if (this.stop === stop) {
        this.stop = null;
        this.fraction = null;
        this.png.dispose();
      }
    }
  }

  cancel(): void {
    this.stop?.abort();
  }

  private async intoFile(
    prepared: Prepared,
    expected: number | null,
    signal: AbortSignal,
  ): Promise<Outcome | null> {
    const { rows, from, plan } = prepared;
    const isPictures = plan.subject === 'pictures';
    const count = (done: number): void => this.tell(done / Math.max(1, rows.length), signal);
    const artifact = ofProject(
      from.session,
      await fileOf(prepared, isPictures ? count : undefined, this.encode),
    );
    const written = (bytes: number): void => {
      if (!isPictures) this.tell(expected ? bytes / expected : 0, signal);
    };
    return (await save(paced(artifact, { signal, written }))) ? { kind: 'file', name: artifact.name } : null;
  }

  private async intoFolder(prepared: Prepared, signal: AbortSignal): Promise<Outcome> {
    const { plan, from, rows } = prepared;
    const picker = (globalThis as DirectoryPickerWindow).showDirectoryPicker;
    if (!picker) throw new TesseraError('internal', 'This browser cannot write into a folder; take a ZIP.');
    const root = await picker.call(globalThis, { mode: 'readwrite', id: 'tessera-export' });
    const result = await writePictures(root, picturesOf(prepared, this.encode), {
      ...layoutOf(plan, from.session),
      signal,
      done: (count) => this.tell(count / Math.max(1, rows.length), signal),
    });
    return { kind: 'folder', ...result };
  }

  /** Not quite all until it is over: sizes are estimates. */
  private tell(fraction: number, signal: AbortSignal): void {
    if (this.stop?.signal === signal) this.fraction = Math.min(fraction, 0.99);
  }
}

/** Goes on while other screens are shown. */
export const exportRun = new ExportRun();
