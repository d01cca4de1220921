/** The arithmetic of a grid of equal square cells of which only the visible lines exist in the document. */
export interface GridLayout {
  count: number;
  columns: number;
  lines: number;
  /** Side of a cell and distance between the tops of two lines, in pixels. */
  cell: number;
  pitch: number;
  height: number;
}

/** As many columns as fit cells of at least `minimum` pixels; cells grow to fill the width. */
export function gridLayout(count: number, width: number, minimum: number, gap: number): GridLayout {
  const columns = Math.max(Math.floor((width + gap) / (minimum + gap)), 1);
  const cell = Math.max(Math.floor((width - (columns - 1) * gap) / columns), 1);
  const lines = Math.ceil(count / columns);
  const pitch = cell + gap;
  return { count, columns, lines, cell, pitch, height: lines ? lines * pitch - gap : 0 };
}

/**
 * Lines to have in the document: those in view, `overscan` more on each side, and the line of `active`, so that the
 * cell with the keyboard focus is never taken away while someone scrolls past it. Ascending.
 */
export function visibleLines(
  layout: GridLayout,
  scrollTop: number,
  viewHeight: number,
  overscan: number,
  active: number,
): number[] {
  const first = Math.max(Math.floor(scrollTop / layout.pitch) - overscan, 0);
  const last = Math.min(Math.floor((scrollTop + viewHeight) / layout.pitch) + overscan, layout.lines - 1);
  const lines = Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) => first + i);
  const own = Math.floor(active / layout.columns);
  if (active < 0 || active >= layout.count || (own >= first && own <= last)) return lines;
  return own < first ? [own, ...lines] : [...lines, own];
}

/** Where the scroll position must be for the line of `index` to be in view; unchanged when it already is. */
export function scrollToShow(
  layout: GridLayout,
  index: number,
  scrollTop: number,
  viewHeight: number,
): number {
  const top = Math.floor(index / layout.columns) * layout.pitch;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + layout.cell - viewHeight);
}

export interface GridKey {
  key: string;
  ctrl: boolean;
}

/**
 * The index a key leads to, or null when the key does not move: arrows; Home and End in the line, with Ctrl in the grid;
 * PageUp and PageDown by `pageLines` (the keys of the ARIA grid pattern).
 */
export function movedIndex(
  { key, ctrl }: GridKey,
  index: number,
  { count, columns }: Pick<GridLayout, 'count' | 'columns'>,
  pageLines: number,
): number | null {
  if (count === 0) return null;
  const last = count - 1;
  const lineStart = index - (index % columns);
  const page = Math.max(pageLines, 1) * columns;
  // A step past either end stays in its column, unless the last line is too short for it.
  const down = (step: number): number => {
    if (index + step <= last) return index + step;
    const column = index % columns;
    const lastStart = last - (last % columns);
    return lineStart === lastStart ? index : Math.min(lastStart + column, last);
  };
  switch (key) {
    case 'ArrowRight':
      return Math.min(index + 1, last);
    case 'ArrowLeft':
      return Math.max(index - 1, 0);
    case 'ArrowDown':
      return down(columns);
    case 'ArrowUp':
      return index >= columns ? index - columns : index;
    case 'Home':
      return ctrl ? 0 : lineStart;
    case 'End':
      return ctrl ? last : Math.min(lineStart + columns - 1, last);
    case 'PageDown':
      return down(page);
    case 'PageUp':
      return index >= page ? index - page : index % columns;
    default:
      return null;
  }
}
