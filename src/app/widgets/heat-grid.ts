/** The arithmetic of a large table of equal cells of which only the visible ones exist in the document. */
export interface Span {
  first: number;
  /** Past the end. */
  end: number;
}

/** The lines in view along one axis, `overscan` more on each side. `lead`: pixels that a sticky header covers. */
export function visibleSpan(
  scroll: number,
  view: number,
  { lead, size, count }: { lead: number; size: number; count: number },
  overscan = 4,
): Span {
  const first = Math.max(Math.floor(scroll / size) - overscan, 0);
  const end = Math.min(Math.ceil((scroll + Math.max(view - lead, 0)) / size) + overscan, count);
  return { first: Math.min(first, count), end: Math.max(end, Math.min(first, count)) };
}

/** The numbers of a span, and `active` too, so that the cell with the keyboard focus is never taken away. */
export function withActive({ first, end }: Span, active: number): number[] {
  const lines = Array.from({ length: end - first }, (_, i) => first + i);
  if (active < 0 || (active >= first && active < end)) return lines;
  return active < first ? [active, ...lines] : [...lines, active];
}

/** Where the scroll position must be for a line to be in view beside the header; unchanged when it already is. */
export function scrollInto(
  line: number,
  scroll: number,
  view: number,
  { lead, size }: { lead: number; size: number },
): number {
  const top = line * size;
  if (top < scroll) return top;
  return Math.max(scroll, top + size - Math.max(view - lead, size));
}

export interface CellPlace {
  row: number;
  column: number;
}

/** The cell a key leads to (the ARIA grid pattern), or null when the key does not move. */
export function movedCell(
  { key, ctrl }: { key: string; ctrl: boolean },
  { row, column }: CellPlace,
  rows: number,
  columns: number,
  page: number,
): CellPlace | null {
  const at = (r: number, c: number): CellPlace => ({
    row: Math.min(Math.max(r, 0), rows - 1),
    column: Math.min(Math.max(c, 0), columns - 1),
  });
  switch (key) {
    case 'ArrowUp':
      return at(row - 1, column);
    case 'ArrowDown':
      return at(row + 1, column);
    case 'ArrowLeft':
      return at(row, column - 1);
    case 'ArrowRight':
      return at(row, column + 1);
    case 'Home':
      return at(ctrl ? 0 : row, 0);
    case 'End':
      return at(ctrl ? rows : row, columns);
    case 'PageUp':
      return at(row - Math.max(page, 1), column);
    case 'PageDown':
      return at(row + Math.max(page, 1), column);
    default:
      return null;
  }
}
