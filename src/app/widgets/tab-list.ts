/** Scrolls a row of tabs so far that the chosen one is in view: on a narrow screen it may lie beyond the edge. */
export function showChosen(row: HTMLElement): void {
  const chosen = row.querySelector<HTMLElement>('[aria-selected=true], [aria-current]');
  if (!chosen) return;
  const [room, own] = [row.getBoundingClientRect(), chosen.getBoundingClientRect()];
  // Not `scrollIntoView`, which would scroll what lies around the row, too.
  if (own.left < room.left) row.scrollLeft += own.left - room.left;
  else if (own.right > room.right) row.scrollLeft += own.right - room.right;
}
