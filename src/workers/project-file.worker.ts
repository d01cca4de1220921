import { expose, transfer } from 'comlink';
import { version } from '../../package.json';
import type { ProjectFileService, ProjectFileSizes, ProjectFileSummary } from '../domain/project-file';
import { describeProjectFile, importProjectFile } from '../pipeline/project-file/import';
import { projectFileSizes } from '../pipeline/project-file/size';
import { writeProjectFile } from '../pipeline/project-file/write';
import { lockProject } from '../store/locks';
import { carryErrors } from './errors';

/** Bytes handed over at once, and milliseconds between two words on how far it is. */
const PART = 1 << 20;
const PACE_MS = 100;

/** Reading and writing of project files, away from the page. */
class ProjectFiles implements ProjectFileService {
  private stop = new AbortController();
  private writing: { chunks: AsyncGenerator<Uint8Array<ArrayBuffer>>; release: () => void } | null = null;

  describe(file: Blob): Promise<ProjectFileSummary> {
    return describeProjectFile(file);
  }

  async open(file: Blob, progress: (fraction: number) => void): Promise<string> {
    const { signal } = (this.stop = new AbortController());
    let read = 0;
    let told = 0;
    const onBytes = (count: number): void => {
      read += count;
      const now = performance.now();
      if (now - told < PACE_MS) return;
      told = now;
      progress(Math.min(1, read / file.size));
    };
    return importProjectFile(file, { onBytes, signal });
  }

  sizes(projectId: string): Promise<ProjectFileSizes> {
    return projectFileSizes(projectId);
  }

  async begin(projectId: string, originals: boolean): Promise<void> {
    await this.cancel();
    const { signal } = (this.stop = new AbortController());
    const release = await lockProject(projectId);
    const savedAt = new Date().toISOString();
    this.writing = {
      chunks: writeProjectFile(projectId, { originals, app: version, savedAt, signal }),
      release,
    };
  }

  async next(): Promise<Uint8Array<ArrayBuffer> | null> {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let length = 0;
    try {
      while (length < PART) {
        const step = await this.writing?.chunks.next();
        if (!step || step.done) break;
        parts.push(step.value);
        length += step.value.length;
      }
    } catch (error) {
      this.release();
      throw error;
    }
    if (length === 0) {
      this.release();
      return null;
    }
    const whole = new Uint8Array(length);
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return transfer(whole, [whole.buffer]);
  }

  async cancel(): Promise<void> {
    this.stop.abort();
    const { writing } = this;
    this.release();
    await writing?.chunks.return(undefined).catch(() => undefined);
  }

  private release(): void {
    this.writing?.release();
    this.writing = null;
  }
}

carryErrors();
expose(new ProjectFiles());
