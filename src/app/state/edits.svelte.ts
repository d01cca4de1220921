import {
  DEFAULT_SWEEP,
  NO_CLUSTER,
  type Clustering,
  type ClusterNote,
  type Sweep,
} from '../../domain/clustering';
import {
  inForce,
  namesAfter,
  nextCluster,
  replay,
  withDone,
  withEdit,
  type Edited,
} from '../../domain/edit-log';
import type { Edit, EditLog } from '../../domain/edits';
import type { Project } from '../../domain/project';
import { sweepIdentity } from '../../jobs/projects';
import { i18n } from '../i18n/i18n.svelte';
import { EditMeasure } from './edit-measure.svelte';
import { editedClustering } from './edited-clustering';
import { freshLog, goesOnFrom, isOfModel, logIn, othersOf, sameEdits } from './edit-logs';
import { stepsOf } from './edit-steps';
import { editWords } from './edit-words';
import { KeptEdits } from './kept-edits.svelte';
import { notices } from './notices.svelte';
import type { FurtherJob } from './study-host';
import { optionsOf } from './sweep-options';
import { takenOver } from './take-over';
import { Task } from './task.svelte';
import type { StepDetails, UndoStep } from './undo';

/** What editing needs of the open project. */
export interface EditsHost {
  readonly project: Project | null;
  readonly sweep: Sweep | null;
  readonly baseClustering: Clustering | null;
  readonly clustering: Clustering | null;
  readonly notes: ReadonlyMap<number, ClusterNote>;
  readonly life: AbortSignal;
  readonly job: Pick<FurtherJob, 'measureClusters' | 'splitCluster'> & { readonly isReady: boolean };
  bookUndo(kind: string | null, revert: UndoStep['revert'], more?: StepDetails): void;
  takeUpSteps(done: readonly UndoStep[], undone: readonly UndoStep[]): void;
  forgetSteps(isGone: (step: UndoStep) => boolean): void;
}

/**
 * Everything that was done by hand to the clusters of the open project. The clustering in use is the base with the log replayed on
 * it; centres and distances of what changed are measured by the worker and follow.
 */
export class Edits {
  /** Whether the list of edits is open. */
  open = $state(false);
  readonly splitting = new Task();
  private readonly kept: KeptEdits;
  private readonly meter: EditMeasure;
  private followed = '';
  private shown: Clustering | null = null;
  private replayed: { base: Uint16Array; edits: readonly Edit[]; edited: Edited } | null = null;

  constructor(private readonly host: EditsHost) {
    this.kept = new KeptEdits(host);
    this.meter = new EditMeasure(host);
  }

  private identity = $derived.by(() => (this.host.sweep ? sweepIdentity(this.host.sweep) : ''));
  /** The edits of the clustering in use; null: there never were any. */
  log = $derived.by((): EditLog | null => {
    const k = this.host.baseClustering?.k;
    return k === undefined ? null : logIn(this.kept.logs, this.identity, k);
  });
  /** Names as the edits have them; null where nothing was ever edited. */
  names = $derived(this.log && namesAfter(this.log));
  private edited = $derived.by((): Edited | null => {
    const { log } = this;
    const base = this.host.baseClustering;
    if (!log || !base) return null;
    const edits = inForce(log).filter(({ kind }) => kind !== 'name');
    const last = this.replayed;
    // A name changes no label: nothing that hangs on labels is made anew.
    if (last?.base === base.labels && sameEdits(last.edits, edits)) return last.edited;
    const edited = replay(base.labels, base.k, edits);
    this.replayed = { base: base.labels, edits, edited };
    return edited;
  });
  clustering = $derived.by((): Clustering | null => {
    const base = this.host.baseClustering;
    const { edited } = this;
    if (!base || !edited) return (this.shown = base);
    const before = this.shown && (this.shown.base ?? this.shown).labels === base.labels ? this.shown : base;
    return (this.shown = editedClustering(base, edited, this.meter.of(edited.labels), before));
  });
  /** Whether centres and distances of the clustering in use are still being measured. */
  pending = $derived.by(() => {
    const { clustering, edited } = this;
    return clustering?.base !== undefined && edited !== null && this.meter.of(edited.labels) === null;
  });
  /** Edits of other clusterings with the same descriptor that the person has not dealt with, latest first. */
  others = $derived.by(() => othersOf(this.kept.logs, this.log, this.host.sweep?.specKey));

  isOfThisSweep(log: EditLog): boolean {
    return log.sweep === this.identity;
  }

  /** Reads what is kept of a project; null forgets it. */
  async read(projectId: string | null): Promise<void> {
    this.meter.forget();
    this.shown = this.replayed = null;
    this.followed = '';
    this.open = false;
    await this.kept.read(projectId);
  }

  /** Another sweep may be in use, or its vectors are loaded: measures, takes up what can be undone, tells of what is left behind. */
  follow(): void {
    void this.measure();
    const { identity, log } = this;
    if (identity === this.followed) return;
    this.followed = identity;
    this.host.forgetSteps(({ scope }) => scope !== undefined && scope !== identity);
    if (log) {
      const step = this.step.bind(this);
      this.host.takeUpSteps(...stepsOf(log, { step, words: this.words.bind(this) }));
    }
    const left = this.others.filter((other) => !this.isOfThisSweep(other) && !isOfModel(other));
    const count = left.reduce((sum, { done }) => sum + done, 0);
    if (count > 0 && !this.host.sweep?.model && !log?.done)
      notices.warn(() => i18n.m.editing.kept(count), {
        label: () => i18n.m.editing.showKept,
        run: () => (this.open = true),
      });
  }

  /** Resolves when centres and distances are those of the labels. */
  settled(): Promise<void> {
    return this.pending ? this.meter.done() : Promise.resolve();
  }

  merge(clusters: readonly number[], into: number): void {
    if (clusters.some((cluster) => cluster !== into))
      this.apply({ kind: 'merge', clusters: [...clusters], into });
  }

  /** Moves images to a cluster, a new one, or none; those that are there already are passed over. False: all were. */
  move(rows: Uint32Array, to: number | 'new' | null): boolean {
    const labels = this.host.clustering?.labels;
    if (!labels) return false;
    const target = to === null ? NO_CLUSTER : to;
    const moved = rows.filter((row) => row < labels.length && labels[row] !== target);
    if (moved.length === 0) return false;
    this.apply((log) => ({ kind: 'move', rows: moved, to: to === 'new' ? nextCluster(log) : to }));
    return true;
  }

  name(cluster: number, note: ClusterNote): void {
    const before = this.host.notes.get(cluster);
    if ((before?.name ?? '') === note.name && (before?.note ?? '') === note.note) return;
    this.apply({ kind: 'name', cluster, note });
  }

  /** Splits a cluster by k-means, into so many parts or (null) into as many, up to 8, as the silhouette says. */
  async split(cluster: number, parts: number | null): Promise<void> {
    const { project, sweep, clustering, life, job } = this.host;
    if (!project || !sweep || !clustering) return;
    const rows = rowsOf(clustering, cluster);
    const { scaling: _s, pca: _p, half: _h, ...how } = { ...DEFAULT_SWEEP, ...optionsOf(project) };
    const options = { ...how, kMin: parts ?? 2, kMax: parts ?? Math.min(8, rows.length - 1) };
    const space = { scaling: sweep.scaling, pca: sweep.pca, preparation: sweep.preparation };
    const found = await this.splitting.run(life, (report, signal) =>
      job.splitCluster(space, rows, options, report, signal),
    );
    if (!found) return;
    const now = this.host.clustering;
    const same = now && rowsOf(now, cluster);
    if (!same || same.length !== rows.length || same.some((row, i) => row !== rows[i]))
      return void notices.warn(() => i18n.m.editing.actions.changed);
    if (found.length < 2) return void notices.warn(() => i18n.m.editing.actions.oneKind);
    this.apply((log) => {
      const first = nextCluster(log);
      const leaving = found.slice(1).map((part, i) => ({ cluster: first + i, rows: part }));
      return { kind: 'split', cluster, parts: leaving, seed: options.seed };
    });
  }

  /** Puts so many edits in force: back to any point, or forward again. */
  goTo(done: number): void {
    const before = this.log;
    if (!before || before.done === done) return;
    this.change(before, withDone(before, done), () => i18n.m.editing.steps.goBack);
  }

  /** Drops all edits of the clustering in use. */
  drop(): void {
    const before = this.log;
    if (before) this.change(before, { ...before, edits: [], done: 0 }, () => i18n.m.editing.steps.drop);
  }

  /** Edits of an earlier sweep, applied to the clustering in use image by image. Answers how many images are in another cluster now. */
  takeOver(earlier: EditLog): number {
    const { clustering, notes } = this.host;
    const before = this.start();
    if (!clustering || !before) return 0;
    const made = takenOver(earlier, { labels: clustering.labels, log: before, names: notes });
    let after = before;
    for (const edit of made) after = withEdit(after, edit, Date.now());
    this.put({ ...earlier, settled: true });
    if (made.length > 0) this.put(after);
    const label = (): string => i18n.m.editing.steps.takeOver(earlier.done);
    const put = (log: EditLog, settled: boolean) => () => {
      this.put({ ...earlier, settled });
      this.put(log);
    };
    this.host.bookUndo(null, put(before, false), { repeat: put(after, true), label, scope: this.identity });
    const now = replay(clustering.labels, clustering.k, made).labels;
    return clustering.labels.reduce((sum, label, row) => sum + Number(label !== now[row]), 0);
  }

  /** Forgets edits of another clustering; Undo keeps them again. */
  forget(other: EditLog): void {
    const remove = (): void => this.kept.remove(other);
    remove();
    const label = (): string => i18n.m.editing.steps.drop;
    this.host.bookUndo(null, () => this.put(other), { repeat: remove, label });
  }

  /** Measures what was edited, where vectors are loaded. */
  measure(): Promise<void> {
    return this.meter.measure(this.pending ? this.edited : null);
  }

  /** The log to add to. */
  private start(): EditLog | null {
    const { log } = this;
    const { sweep, baseClustering: base, notes } = this.host;
    if (log) return log;
    if (!sweep || !base) return null;
    return freshLog({ sweep: this.identity, specKey: sweep.specKey }, base, notes);
  }

  private apply(made: Edit | ((log: EditLog) => Edit)): void {
    const before = this.start();
    if (!before) return;
    const edit = typeof made === 'function' ? made(before) : made;
    const after = withEdit(before, edit, Date.now());
    const label = this.words(edit, { k: before.k, edits: inForce(before) });
    this.put(after);
    const repeat = (): void => this.step(after, after.done);
    this.host.bookUndo(null, () => this.step(after, before.done), { repeat, label, scope: before.sweep });
  }

  /** So many edits of a log in force; those that came after them stay, to be done again. */
  private step(log: EditLog, done: number): void {
    const now = logIn(this.kept.logs, log.sweep, log.k);
    this.put(withDone(goesOnFrom(now, log) ? now : log, done));
  }

  private words(edit: Edit, before: Pick<EditLog, 'k' | 'edits'>): () => string {
    return () => editWords(edit, before, this.host.notes, i18n.m.editing);
  }

  private change(before: EditLog, after: EditLog, label: () => string): void {
    this.put(after);
    const repeat = (): void => this.put(after);
    this.host.bookUndo(null, () => this.put(before), { repeat, label, scope: before.sweep });
  }

  private put(log: EditLog): void {
    if (!this.host.project) return;
    this.kept.put(log);
    void this.measure();
  }
}

function rowsOf({ labels }: Clustering, cluster: number): Uint32Array {
  const rows: number[] = [];
  labels.forEach((label, row) => label === cluster && rows.push(row));
  return Uint32Array.from(rows);
}
