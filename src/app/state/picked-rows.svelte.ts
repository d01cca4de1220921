import type { RowTable } from '../../domain/project';
import { i18n } from '../i18n/i18n.svelte';
import { changeSelection, emptySelection, sameSelection } from './selection';
import type { Selection, SelectMode } from './session';
import type { UndoSteps } from './undo-steps.svelte';

/** The selection of the open project; each change of it can be undone. */
export class PickedRows {
  private picked = $state.raw<Selection>(emptySelection(0));

  constructor(
    private readonly host: { readonly rows: RowTable },
    private readonly steps: Pick<UndoSteps, 'book'>,
  ) {}

  /** Of as many rows as there are: those that came since are not selected. */
  readonly selection = $derived.by(() =>
    this.picked.mask.length === this.host.rows.n
      ? this.picked
      : changeSelection(this.picked, [], 'add', this.host.rows.n),
  );

  select(rows: Iterable<number>, mode: SelectMode): void {
    this.pick(changeSelection(this.selection, rows, mode, this.host.rows.n));
  }

  clear(): void {
    this.pick(emptySelection(this.host.rows.n));
  }

  /** Another project is opened. */
  forget(): void {
    this.picked = emptySelection(0);
  }

  private pick(next: Selection): void {
    const before = this.selection;
    if (sameSelection(before, next)) return;
    this.picked = next;
    const repeat = (): void => void (this.picked = next);
    const label = (): string => i18n.m.editing.steps.selection(next.count);
    this.steps.book(null, () => void (this.picked = before), { repeat, label });
  }
}
