import type { CentreSet } from '../centre-store';

/** A workgroup's columns, fits side by side, and room for clusters. */
export interface UpdateShape {
  columns: number;
  lanes: number;
  clusters: number;
}

/**
 * For few fits many columns, which are read together; for many fits few columns, so that more clusters fit into memory and
 * the rows are read fewer times. All are within the 16 KiB that every device has.
 */
const SHAPES: { fits: number; shape: UpdateShape }[] = [
  { fits: 8, shape: { columns: 16, lanes: 16, clusters: 240 } },
  { fits: 2, shape: { columns: 32, lanes: 4, clusters: 124 } },
  { fits: 1, shape: { columns: 64, lanes: 1, clusters: 62 } },
];

/** How the clusters of several fits are dealt out to workgroups; see update.wgsl for the words. */
export interface UpdatePlan {
  shape: UpdateShape;
  groups: number;
  segmentsAt: number;
  words: Uint32Array<ArrayBuffer>;
  /** 4 words a fit: slot, first row, clusters, first cluster among those of all fits. */
  fits: Uint32Array<ArrayBuffer>;
  /** Clusters of all fits. */
  total: number;
}

/** Fills workgroups with consecutive clusters; a fit with more than fit in one is spread over several. */
export function planUpdate(sets: CentreSet[]): UpdatePlan {
  const { shape } = SHAPES.find(({ fits }) => sets.length >= fits)!;
  const groups: number[] = [];
  const segments: number[] = [];
  const fits: number[] = [];
  let room = 0;
  let total = 0;
  for (const { slot, first, k } of sets) {
    fits.push(slot, first, k, total);
    for (let c = 0; c < k;) {
      if (room === 0) {
        groups.push(segments.length / 6, 0);
        room = shape.clusters;
      }
      const count = Math.min(room, k - c);
      segments.push(slot, c, count, shape.clusters - room, total + c, first + c);
      groups[groups.length - 1]++;
      room -= count;
      c += count;
    }
    total += k;
  }
  return {
    shape,
    groups: groups.length / 2,
    segmentsAt: groups.length,
    words: Uint32Array.from([...groups, ...segments]),
    fits: Uint32Array.from(fits),
    total,
  };
}
