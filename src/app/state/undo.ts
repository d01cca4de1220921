export interface UndoStep {
  /**
   * Steps of one kind that follow each other within `MERGE_MS` are undone together (dragging k, typing a note); null stands
   * alone.
   */
  kind: string | null;
  revert: () => void | Promise<void>;
  /** Does it again after it was undone; absent: it cannot be, nor what was undone before it. */
  repeat?: () => void | Promise<void>;
  /** What it was, as a phrase in the language of the page. */
  label?: () => string;
  /** What it is about, where it can become meaningless before its time. */
  scope?: string;
}

/** What a step may have beside its way back. */
export type StepDetails = Pick<UndoStep, 'repeat' | 'label' | 'scope'>;

const MERGE_MS = 800;
const LIMIT = 100;

/** What can be taken back, latest first, and done again; the oldest of more than 100 steps is forgotten. */
export class UndoStack {
  private steps: (UndoStep & { at: number })[] = [];
  private undone: UndoStep[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  get size(): number {
    return this.steps.length;
  }

  /** What `undo` takes back and what `redo` does again. */
  get next(): { undo: UndoStep | null; redo: UndoStep | null } {
    return { undo: this.steps.at(-1) ?? null, redo: this.undone.at(-1) ?? null };
  }

  push(step: UndoStep): void {
    this.undone = [];
    const last = this.steps.at(-1);
    const at = this.now();
    // The earlier step reverts further back and the later one repeats further on, so that one stands for both.
    if (last && last.kind !== null && last.kind === step.kind && at - last.at < MERGE_MS) {
      last.at = at;
      last.repeat = step.repeat;
      last.label = step.label;
      return;
    }
    this.add(step, at);
  }

  /** Reverts the latest step; null when there is none. */
  async undo(): Promise<UndoStep | null> {
    const step = this.steps.pop();
    if (!step) return null;
    if (step.repeat) this.undone.push(step);
    else this.undone = [];
    await step.revert();
    return step;
  }

  /** Does again what was undone last; null when there is nothing. */
  async redo(): Promise<UndoStep | null> {
    const step = this.undone.pop();
    if (!step) return null;
    // Of no age, so that nothing is merged with it.
    this.add(step, -Infinity);
    await step.repeat?.();
    return step;
  }

  /** Takes up steps of an earlier visit: those done, oldest first, and those undone, the next to redo last. */
  restore(done: readonly UndoStep[], undone: readonly UndoStep[]): void {
    for (const step of done) this.add(step, -Infinity);
    this.undone = [...undone];
  }

  /** Forgets steps that mean nothing any more. */
  forget(isGone: (step: UndoStep) => boolean): void {
    this.steps = this.steps.filter((step) => !isGone(step));
    this.undone = this.undone.filter((step) => !isGone(step));
  }

  clear(): void {
    this.steps = [];
    this.undone = [];
  }

  private add(step: UndoStep, at: number): void {
    this.steps.push({ ...step, at });
    if (this.steps.length > LIMIT) this.steps.shift();
  }
}
