import type { PictureSet, PictureSource } from '../../domain/pictures';
import type { RowTable } from '../../domain/project';
import type { Report } from './task.svelte';

/** These rows as a set of pictures. */
export function pictureSet(
  projectId: string,
  table: RowTable,
  rows: Uint32Array,
  source: PictureSource,
): PictureSet {
  return {
    projectId,
    rows,
    hashes: Array.from(rows, (row) => table.hashes[row] ?? ''),
    widths: rows.map((row) => table.widths[row]),
    heights: rows.map((row) => table.heights[row]),
    source,
  };
}

/** Reports fractions with the time that is left at the rate so far. */
export function timed(
  report: Report,
  now: () => number = () => performance.now(),
): (fraction: number) => void {
  const started = now();
  return (fraction) => {
    const seconds = (now() - started) / 1000;
    const secondsLeft = seconds > 0.5 && fraction > 0.02 ? (seconds / fraction) * (1 - fraction) : null;
    report({ stage: 'load', fraction, secondsLeft });
  };
}
