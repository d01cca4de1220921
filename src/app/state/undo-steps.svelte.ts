import { i18n } from '../i18n/i18n.svelte';
import { notices } from './notices.svelte';
import { UndoStack, type StepDetails, type UndoStep } from './undo';

/** What Undo takes back and what Redo does again, as screens show it; each time it is said what was done. */
export class UndoSteps {
  private next = $state.raw<{ undo: UndoStep | null; redo: UndoStep | null }>({ undo: null, redo: null });
  private readonly stack = new UndoStack();

  get canUndo(): boolean {
    return this.next.undo !== null;
  }
  get canRedo(): boolean {
    return this.next.redo !== null;
  }
  get undoLabel(): string {
    return this.next.undo?.label?.() ?? '';
  }
  get redoLabel(): string {
    return this.next.redo?.label?.() ?? '';
  }

  /** Books a step that Undo takes back, and Redo does again if `more` says how. */
  book(kind: string | null, revert: UndoStep['revert'], more: StepDetails = {}): void {
    this.stack.push({ kind, revert, ...more });
    this.show();
  }

  undo(): void {
    this.tell(this.stack.undo(), (step) => {
      const { notices: t } = i18n.m.shell;
      if (!step) return t.nothingToUndo;
      return step.label ? i18n.m.editing.undone(step.label()) : t.undone;
    });
  }

  redo(): void {
    this.tell(this.stack.redo(), (step) => {
      const t = i18n.m.editing;
      return step ? t.redone(step.label?.() ?? null) : t.nothingToRedo;
    });
  }

  /** Takes up steps of an earlier visit; see `UndoStack.restore`. */
  takeUp(done: readonly UndoStep[], undone: readonly UndoStep[]): void {
    this.stack.restore(done, undone);
    this.show();
  }

  forget(isGone: (step: UndoStep) => boolean): void {
    this.stack.forget(isGone);
    this.show();
  }

  /** Forgets the step that Undo would take back, if it is of this kind: it came to nothing. */
  dropLast(kind: string): void {
    const last = this.next.undo;
    if (last?.kind === kind) this.forget((step) => step === last);
  }

  clear(): void {
    this.stack.clear();
    this.show();
  }

  private tell(work: Promise<UndoStep | null>, text: (step: UndoStep | null) => string): void {
    work.then(
      (step) => notices.info(() => text(step)),
      (error) => notices.error(error),
    );
    this.show();
  }

  private show(): void {
    this.next = this.stack.next;
  }
}
