import type { MeanImage } from '../../widgets/mean-images';
import type { Report } from '../../state/task.svelte';

/** The means of many cells one after another, told how far it is and how long it takes. Throws the signal's reason. */
export async function allMeans<Cell>(
  cells: readonly Cell[],
  get: (cell: Cell) => Promise<MeanImage>,
  {
    report,
    signal,
    now = performance.now.bind(performance),
  }: { report: Report; signal: AbortSignal; now?: () => number },
): Promise<MeanImage[]> {
  const began = now();
  const made: MeanImage[] = [];
  for (const cell of cells) {
    signal.throwIfAborted();
    made.push(await get(cell));
    const fraction = made.length / cells.length;
    const spent = (now() - began) / 1000;
    // The first few may have been there already, which tells nothing of the others.
    report({ stage: 'load', fraction, secondsLeft: spent < 1 ? null : (spent / fraction) * (1 - fraction) });
  }
  signal.throwIfAborted();
  return made;
}
