import type { Box } from './layout';

const ARROWS: Record<string, readonly [x: number, y: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * The box that an arrow key leads to: of those beyond the edge the nearest, boxes beside the way counting as farther. Null
 * when there is none, and for other keys.
 */
export function boxTowards(boxes: readonly Box[], from: number, key: string): number | null {
  const way = ARROWS[key];
  if (!way || !boxes[from]) return null;
  const own = boxes[from];
  let best: number | null = null;
  let least = Infinity;
  boxes.forEach((box, i) => {
    if (i === from || !isBeyond(own, box, way)) return;
    const sideways = way[0] !== 0;
    const aside = sideways
      ? gap(own.y, own.height, box.y, box.height)
      : gap(own.x, own.width, box.x, box.width);
    // Of several that are as near, the one that begins where this one does.
    const off = sideways ? Math.abs(box.y - own.y) : Math.abs(box.x - own.x);
    const cost = edgeDistance(own, box, way) + 3 * aside + 0.2 * off;
    if (cost < least) {
      least = cost;
      best = i;
    }
  });
  return best;
}

/** Whether a box lies wholly past the edge of another on the way. */
function isBeyond(own: Box, box: Box, [x, y]: readonly [number, number]): boolean {
  if (x > 0) return box.x >= own.x + own.width;
  if (x < 0) return box.x + box.width <= own.x;
  return y > 0 ? box.y >= own.y + own.height : box.y + box.height <= own.y;
}

function edgeDistance(own: Box, box: Box, [x, y]: readonly [number, number]): number {
  if (x > 0) return box.x - own.x - own.width;
  if (x < 0) return own.x - box.x - box.width;
  return y > 0 ? box.y - own.y - own.height : own.y - box.y - box.height;
}

/** How far two spans are apart; 0 where they overlap. */
function gap(a: number, aLength: number, b: number, bLength: number): number {
  return Math.max(0, b - (a + aLength), a - (b + bLength));
}
