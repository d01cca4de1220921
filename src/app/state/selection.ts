import type { Selection, SelectMode } from './session';

export function emptySelection(n: number): Selection {
  return { mask: new Uint8Array(n), count: 0, rows: new Uint32Array(0) };
}

/** The selection a mask of n flags stands for. */
export function fromMask(mask: Uint8Array): Selection {
  const count = mask.reduce((sum, flag) => sum + flag, 0);
  const rows = new Uint32Array(count);
  let next = 0;
  mask.forEach((flag, row) => {
    if (flag) rows[next++] = row;
  });
  return { mask, count, rows };
}

/** A new selection of n rows after `rows` were picked in `mode`; rows outside 0..n-1 are ignored. */
export function changeSelection(
  current: Selection,
  rows: Iterable<number>,
  mode: SelectMode,
  n: number,
): Selection {
  const mask = new Uint8Array(n);
  if (mode !== 'replace') mask.set(current.mask.subarray(0, n));
  for (const row of rows) {
    if (!(row >= 0 && row < n)) continue;
    mask[row] = mode === 'toggle' ? 1 - mask[row] : mode === 'subtract' ? 0 : 1;
  }
  return fromMask(mask);
}

export function sameSelection(a: Selection, b: Selection): boolean {
  return a.count === b.count && a.rows.every((row, i) => row === b.rows[i]);
}
