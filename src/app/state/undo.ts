export interface UndoStep {
  /**
   * Steps of one kind that follow each other within `MERGE_MS` are undone together (dragging k, typing a note); null stands
   * alone.
   */
  kind: string | null;
  revert: () => void | Promise<void>;
}

const MERGE_MS = 800;
const LIMIT = 100;

/** What can be taken back, latest first; the oldest of more than 100 steps is forgotten. */
export class UndoStack {
  private steps: (UndoStep & { at: number })[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  get size(): number {
    return this.steps.length;
  }

  push(step: UndoStep): void {
    const last = this.steps.at(-1);
    const at = this.now();
    // The earlier step reverts further back, so it stands for both.
    if (last && last.kind !== null && last.kind === step.kind && at - last.at < MERGE_MS) {
      last.at = at;
      return;
    }
    this.steps.push({ ...step, at });
    if (this.steps.length > LIMIT) this.steps.shift();
  }

  /** Reverts the latest step; false when there is none. */
  async undo(): Promise<boolean> {
    const step = this.steps.pop();
    await step?.revert();
    return step !== undefined;
  }

  clear(): void {
    this.steps = [];
  }
}
