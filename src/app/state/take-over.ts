import { NO_CLUSTER, type ClusterNote } from '../../domain/clustering';
import { inForce, namesAfter, nextCluster, replay } from '../../domain/edit-log';
import type { Edit, EditLog } from '../../domain/edits';

/** Labels of a clustering made anew, and the edits that it has already. */
export interface Target {
  labels: Uint16Array;
  log: Pick<EditLog, 'k' | 'names' | 'edits'>;
  names: ReadonlyMap<number, ClusterNote>;
}

/**
 * Edits that bring a new clustering to what was made of an earlier one, image by image. A cluster that had been edited lives on
 * in the new one that holds most of it: clusters that lie more than half within it are merged, images of it elsewhere are moved;
 * what lies in no such cluster becomes one of its own. Names go along. Images that came since stay where they are clustered.
 */
export function takenOver(earlier: EditLog, target: Target): Edit[] {
  const { base } = earlier;
  const { labels: before } = replay(base, earlier.k, inForce(earlier));
  const n = Math.min(before.length, target.labels.length);
  const touched = new Set<number>();
  for (let row = 0; row < n; row++) if (before[row] !== base[row]) touched.add(before[row]).add(base[row]);
  touched.delete(NO_CLUSTER);
  const overlaps = overlapsOf(before, target.labels, n);
  const names = namesAfter(earlier);
  const edits: Edit[] = [];
  const labels = target.labels.slice();
  const claimed = new Set<number>();
  let fresh = nextCluster(target.log);
  const order = [...overlaps.keys()].sort((a, b) => sizeOf(overlaps, b) - sizeOf(overlaps, a) || a - b);
  for (const cluster of order) {
    const note = names.get(cluster);
    if (!touched.has(cluster) && !note) continue;
    const homes = homesOf(cluster, overlaps).filter((home) => !claimed.has(home));
    homes.forEach((home) => claimed.add(home));
    const [into = fresh++, ...others] = homes;
    if (touched.has(cluster)) {
      if (others.length > 0) {
        edits.push({ kind: 'merge', clusters: [into, ...others], into });
        labels.forEach((label, row) => others.includes(label) && (labels[row] = into));
      }
      const rows = rowsWhere(n, (row) => before[row] === cluster && labels[row] !== into);
      if (rows.length > 0) edits.push({ kind: 'move', rows, to: into });
      rows.forEach((row) => (labels[row] = into));
    }
    if (note && (homes.length > 0 || touched.has(cluster)) && !target.names.has(into))
      edits.push({ kind: 'name', cluster: into, note });
  }
  const noise = rowsWhere(
    n,
    (row) => before[row] === NO_CLUSTER && base[row] !== NO_CLUSTER && labels[row] !== NO_CLUSTER,
  );
  if (noise.length > 0) edits.push({ kind: 'move', rows: noise, to: null });
  return edits;
}

type Overlaps = Map<number, Map<number, number>>;

/** For each earlier cluster how many of its rows lie in each new one. */
function overlapsOf(before: Uint16Array, labels: Uint16Array, n: number): Overlaps {
  const overlaps: Overlaps = new Map();
  for (let row = 0; row < n; row++) {
    if (before[row] === NO_CLUSTER || labels[row] === NO_CLUSTER) continue;
    let of = overlaps.get(before[row]);
    if (!of) overlaps.set(before[row], (of = new Map()));
    of.set(labels[row], (of.get(labels[row]) ?? 0) + 1);
  }
  return overlaps;
}

const sum = (of: Iterable<number>): number => [...of].reduce((a, b) => a + b, 0);
const sizeOf = (overlaps: Overlaps, cluster: number): number => sum(overlaps.get(cluster)!.values());

/** New clusters that lie more than half within an earlier one, the fullest of it first. */
function homesOf(cluster: number, overlaps: Overlaps): number[] {
  const of = overlaps.get(cluster)!;
  const known = (home: number): number => sum([...overlaps.values()].map((other) => other.get(home) ?? 0));
  return [...of.keys()]
    .filter((home) => 2 * of.get(home)! > known(home))
    .sort((a, b) => of.get(b)! - of.get(a)! || a - b);
}

function rowsWhere(n: number, is: (row: number) => boolean): Uint32Array {
  const rows: number[] = [];
  for (let row = 0; row < n; row++) if (is(row)) rows.push(row);
  return Uint32Array.from(rows);
}
