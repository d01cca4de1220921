import type { Point } from './camera';
import type { Tool } from './map-view.svelte';

/** What moving a pressed pointer, or letting it go, means; positions in pixels of the map. */
export type Action =
  | { type: 'none' }
  | { type: 'pan'; dx: number; dy: number }
  /** Two fingers: the content moves by (dx, dy) and grows by 2^delta around (x, y). */
  | { type: 'pinch'; dx: number; dy: number; x: number; y: number; delta: number }
  /** The outline so far, and at the end: a lasso's corners, or the four of a box. */
  | { type: 'draw'; outline: Point[] }
  | { type: 'drawn'; outline: Point[] }
  | { type: 'click'; at: Point };

/** A hand is not still while it clicks. */
const CLICK_SLOP = 4;

/** Tells clicks, drags, drawings and pinches apart. One instance for a surface; knows nothing of the DOM. */
export class Gestures {
  private readonly pointers = new Map<number, Point>();
  private kind: 'press' | 'pan' | 'draw' | 'pinch' = 'press';
  private pressed: Point = [0, 0];
  private outline: Point[] = [];

  /** `pan`: this button pans whatever the tool. */
  down(id: number, at: Point, pan: boolean): void {
    this.pointers.set(id, at);
    this.pressed = at;
    this.outline = [at];
    this.kind = this.pointers.size > 1 ? 'pinch' : pan ? 'pan' : 'press';
  }

  /** Null when this pointer is not pressed: it hovers. */
  move(id: number, at: Point, tool: Tool): Action | null {
    const before = this.pointers.get(id);
    if (!before) return null;
    this.pointers.set(id, at);
    if (this.kind === 'press') {
      if (Math.hypot(at[0] - this.pressed[0], at[1] - this.pressed[1]) <= CLICK_SLOP) return { type: 'none' };
      this.kind = tool === 'pan' ? 'pan' : 'draw';
      if (this.kind === 'pan')
        return { type: 'pan', dx: at[0] - this.pressed[0], dy: at[1] - this.pressed[1] };
    }
    if (this.kind === 'pan') return { type: 'pan', dx: at[0] - before[0], dy: at[1] - before[1] };
    if (this.kind === 'pinch') return this.pinch(id, before, at);
    this.outline = tool === 'box' ? corners(this.pressed, at) : [...this.outline, at];
    return { type: 'draw', outline: this.outline };
  }

  up(id: number): Action {
    const at = this.pointers.get(id);
    if (!at || !this.pointers.delete(id)) return { type: 'none' };
    const { kind, outline } = this;
    // The finger that stays after a pinch goes on moving the map, and never clicks.
    if (this.pointers.size) this.kind = 'pan';
    if (kind === 'press') return { type: 'click', at };
    return kind === 'draw' ? { type: 'drawn', outline } : { type: 'none' };
  }

  cancel(id: number): void {
    this.pointers.delete(id);
    this.kind = 'pan';
  }

  private pinch(id: number, before: Point, at: Point): Action {
    const other = [...this.pointers].find(([key]) => key !== id)?.[1];
    if (!other) return { type: 'none' };
    const apart = (p: Point): number => Math.hypot(p[0] - other[0], p[1] - other[1]) || 1;
    return {
      type: 'pinch',
      dx: (at[0] - before[0]) / 2,
      dy: (at[1] - before[1]) / 2,
      x: (at[0] + other[0]) / 2,
      y: (at[1] + other[1]) / 2,
      delta: Math.log2(apart(at) / apart(before)),
    };
  }
}

function corners(a: Point, b: Point): Point[] {
  return [a, [b[0], a[1]], b, [a[0], b[1]]];
}
