import { PICK_CLASS } from './draw';

const STEPS: Record<string, (at: number, last: number) => number> = {
  ArrowRight: (at, last) => Math.min(at + 1, last),
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowLeft: (at) => Math.max(at - 1, 0),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** A drawn mark and the place of its datum among the data of the mark. */
interface Pickable {
  element: SVGElement;
  index: number;
}

/** The marks that can be picked, in the order of drawing: those of class `pick`, which d3 has bound to their index or indices. */
function pickables(svg: SVGSVGElement): Pickable[] {
  const marks = svg.querySelectorAll<SVGElement & { __data__?: unknown }>(`.${PICK_CLASS} > *`);
  return [...marks].flatMap((element) => {
    const bound = element.__data__;
    const index: unknown = Array.isArray(bound) ? bound[0] : bound;
    return typeof index === 'number' ? [{ element, index }] : [];
  });
}

/**
 * Makes the marks of class `pick` buttons, one stop of the tab key together: arrows, Home and End walk, Enter and space pick.
 * `focused` is the index that had the focus in an earlier drawing, and gets it again.
 */
export function makePickable(
  svg: SVGSVGElement,
  onpick: (index: number, event: MouseEvent | KeyboardEvent) => void,
  focused: number | null,
): void {
  // Axes and rules say nothing that the marks do not; a group that has no role must not have a name.
  for (const part of svg.children) {
    part.removeAttribute('aria-label');
    const picks = part.matches(`.${PICK_CLASS}`) || part.querySelector(`.${PICK_CLASS}`) !== null;
    if (!picks) part.setAttribute('aria-hidden', 'true');
  }
  const all = pickables(svg);
  const stop = Math.max(
    all.findIndex(({ index }) => index === focused),
    0,
  );
  all.forEach(({ element, index }, at) => {
    element.setAttribute('role', 'button');
    element.setAttribute('tabindex', at === stop ? '0' : '-1');
    element.addEventListener('click', (event) => onpick(index, event));
    element.addEventListener('focus', () => {
      for (const other of all) other.element.setAttribute('tabindex', other.element === element ? '0' : '-1');
    });
    element.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') onpick(index, event);
      else if (event.key in STEPS) all[STEPS[event.key](at, all.length - 1)].element.focus();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  });
}

/** Puts a drawing into its place, instead of an earlier one; the mark of the index `focused` gets the focus back. */
export function putDrawing(place: HTMLElement, svg: SVGSVGElement, focused: number | null): void {
  place.replaceChildren(svg);
  if (focused === null) return;
  pickables(svg)
    .find(({ index }) => index === focused)
    ?.element.focus();
}

/** The index whose mark has the focus; null when none has. */
export function focusedPick(svg: SVGSVGElement | null): number | null {
  if (!svg?.contains(document.activeElement)) return null;
  return pickables(svg).find(({ element }) => element === document.activeElement)?.index ?? null;
}
