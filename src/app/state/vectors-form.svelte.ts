import { toRecord, type ErrorRecord } from '../../domain/errors';
import type { DroppedFile } from '../../domain/files';
import type { DescriptorPreview, DescriptorRequest, NonFinite } from '../../domain/services';
import type { AppSession } from './session.svelte';

export type PathSource = 'inside' | 'order' | File;

/** What a person is asked about a file of vectors, and what is known of the answers so far. */
export class VectorsForm {
  preview = $state.raw<DescriptorPreview | null>(null);
  nonFinite = $state.raw<NonFinite | null>(null);
  error = $state.raw<ErrorRecord | null>(null);
  array = $state<string | null>(null);
  source = $state.raw<PathSource>('inside');
  /** Lists of paths that came with it or were chosen. */
  lists = $state.raw<readonly File[]>([]);
  addMissing = $state(false);
  /** How far vectors are taken over, 0..1. */
  taking = $state<number | null>(null);
  private turn = 0;

  constructor(
    private readonly session: AppSession,
    private readonly file: File,
    beside: readonly DroppedFile[],
  ) {
    const tables = beside
      .map((dropped) => dropped.file)
      .filter(({ name }) => /\.(csv|tsv|tab|txt)$/i.test(name));
    this.lists = tables.sort((a, b) => Number(isPathList(b)) - Number(isPathList(a)));
  }

  /** Whether the vectors would find images, or make rows of their paths. */
  readonly fits = $derived.by((): boolean => {
    const { preview, source } = this;
    if (!preview || this.error) return false;
    if (source === 'order') return preview.matched === preview.n;
    return preview.paths === preview.n && (preview.matched > 0 || (this.addMissing && preview.unmatched > 0));
  });

  /** Looks into the file, and proposes where its paths are. */
  async start(): Promise<void> {
    await this.look();
    const { preview } = this;
    if (!preview) return;
    if (!preview.hasNames) await this.choose(this.lists[0] ?? 'order');
    this.addMissing = preview.images === 0;
  }

  async chooseArray(name: string): Promise<void> {
    this.array = name;
    this.nonFinite = null;
    await this.look();
  }

  async choose(source: PathSource): Promise<void> {
    if (source instanceof File && !this.lists.includes(source)) this.lists = [...this.lists, source];
    this.source = source;
    await this.look();
  }

  /** Takes the vectors over; null when that failed, which `error` tells. */
  async take(): Promise<number | null> {
    this.taking = 0;
    try {
      const imported = await this.session.additions.descriptors(
        this.asked,
        (fraction) => (this.taking = fraction),
      );
      return imported.vectors;
    } catch (error) {
      this.error = toRecord(error);
      return null;
    } finally {
      this.taking = null;
    }
  }

  private get asked(): DescriptorRequest {
    const { file, array, source, addMissing } = this;
    return { file, array, paths: source instanceof File ? { list: source } : source, addMissing };
  }

  private async look(): Promise<void> {
    const turn = ++this.turn;
    this.error = null;
    try {
      const preview = await this.session.additions.inspectDescriptors(this.asked);
      if (turn !== this.turn) return;
      this.preview = preview;
      this.array = preview.array;
    } catch (error) {
      if (turn === this.turn) this.error = toRecord(error);
      return;
    }
    if (!this.nonFinite) void this.check();
  }

  private async check(): Promise<void> {
    const { array } = this;
    try {
      const found = await this.session.additions.checkDescriptors(this.file, array, () => undefined);
      if (array === this.array) this.nonFinite = found;
    } catch (error) {
      if (array === this.array) this.error = toRecord(error);
    }
  }
}

const isPathList = ({ name }: File): boolean => /path/i.test(name);
