import { inForce } from '../../domain/edit-log';
import type { Edit, EditLog } from '../../domain/edits';
import type { UndoStep } from './undo';

/** How the steps of a log are taken and told. */
export interface StepMaker {
  /** Puts so many edits of a log in force. */
  step(log: EditLog, done: number): void;
  words(edit: Edit, before: Pick<EditLog, 'k' | 'edits'>): () => string;
}

/** Undo and Redo as an earlier visit left them: steps that are done, oldest first, and undone ones, the next to redo last. */
export function stepsOf(log: EditLog, make: StepMaker): [done: UndoStep[], undone: UndoStep[]] {
  const steps = log.edits.map((edit, i): UndoStep => {
    const upTo = { ...log, edits: log.edits.slice(0, i + 1) };
    return {
      kind: null,
      scope: log.sweep,
      revert: () => make.step(upTo, i),
      repeat: () => make.step(upTo, i + 1),
      label: make.words(edit, { k: log.k, edits: log.edits.slice(0, i) }),
    };
  });
  const { length } = inForce(log);
  return [steps.slice(0, length), steps.slice(length).reverse()];
}
