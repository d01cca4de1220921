import type { Arena } from '../../simd/arena';
import { NO_GROUP, type Groups } from '../engine';

/** The rows of all groups one after another, u32, those of group g at `starts[g]` .. `starts[g + 1]` - 1, rising. */
export interface GroupList {
  at: number;
  starts: Uint32Array;
  close(): void;
}

export function groupList(arena: Arena, { count, of }: Groups): GroupList {
  const starts = new Uint32Array(count + 1);
  for (const group of of) if (group !== NO_GROUP) starts[group + 1]++;
  for (let g = 0; g < count; g++) starts[g + 1] += starts[g];
  const at = arena.alloc(4 * Math.max(1, starts[count]));
  const list = arena.u32(at, starts[count]);
  const next = starts.slice();
  of.forEach((group, row) => {
    if (group !== NO_GROUP) list[next[group]++] = row;
  });
  return { at, starts, close: () => arena.free(at) };
}
