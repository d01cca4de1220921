import type { RowTable } from '../../domain/project';
import { PickedRows } from './picked-rows.svelte';
import { PlaceState } from './place.svelte';
import type { Screen, SelectMode } from './session';
import type { StepDetails, UndoStep } from './undo';
import { UndoSteps } from './undo-steps.svelte';

/** What the person is looking at, has selected and can take back, in whatever project is open. */
export abstract class SessionView {
  hovered = $state<number | null>(null);
  private readonly place = new PlaceState();
  protected readonly steps = new UndoSteps();
  private readonly picks = new PickedRows(this, this.steps);

  abstract get rows(): RowTable;

  get screen(): Screen {
    return this.place.screen;
  }
  get cluster(): number | null {
    return this.place.cluster;
  }
  get node(): string | null {
    return this.place.node;
  }

  start(): void {
    this.place.start();
  }
  go(screen: Screen, at?: number | string): void {
    this.place.go(screen, at ?? null);
  }

  get selection() {
    return this.picks.selection;
  }
  select(rows: Iterable<number>, mode: SelectMode): void {
    this.picks.select(rows, mode);
  }
  clearSelection(): void {
    this.picks.clear();
  }

  get canUndo(): boolean {
    return this.steps.canUndo;
  }
  get canRedo(): boolean {
    return this.steps.canRedo;
  }
  get undoLabel(): string {
    return this.steps.undoLabel;
  }
  get redoLabel(): string {
    return this.steps.redoLabel;
  }
  undo(): void {
    this.steps.undo();
  }
  redo(): void {
    this.steps.redo();
  }
  bookUndo(kind: string | null, revert: UndoStep['revert'], more: StepDetails = {}): void {
    this.steps.book(kind, revert, more);
  }
  takeUpSteps(done: readonly UndoStep[], undone: readonly UndoStep[]): void {
    this.steps.takeUp(done, undone);
  }
  forgetSteps(isGone: (step: UndoStep) => boolean): void {
    this.steps.forget(isGone);
  }

  /** Nothing is selected, pointed at, or to be undone any more: another project is opened. */
  protected forgetView(): void {
    this.steps.clear();
    this.picks.forget();
    this.hovered = null;
  }
}
