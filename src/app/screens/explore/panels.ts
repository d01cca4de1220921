/** One bar of a small chart: images of a cluster at a place of the axis. */
export interface Bar {
  cluster: number;
  place: number;
  count: number;
  /** Of the images of its chart, 0..1. */
  share: number;
}

export interface PanelBar extends Bar {
  panel: Panel;
}

/** A small chart: of one place with bars for clusters, or of one cluster with bars for places. */
export interface Panel {
  /** The place or the cluster. */
  of: number;
  total: number;
  /** Where it stands among the charts. */
  row: number;
  column: number;
}

/** Charts in rows of so many, and the bars of all of them that are of some image, chart by chart, in the order of the bars. */
export function panelsOf(
  counts: Uint32Array,
  {
    clusters,
    places,
    by,
    perRow,
  }: { clusters: readonly number[]; places: number; by: 'values' | 'clusters'; perRow: number },
): { panels: Panel[]; bars: PanelBar[] } {
  const axis = [...Array(places).keys()];
  const [charts, within] = by === 'values' ? [axis, clusters] : [clusters, axis];
  const panels: Panel[] = [];
  const bars: PanelBar[] = [];
  charts.forEach((of, i) => {
    const cells = within.map((other) =>
      by === 'values' ? { cluster: other, place: of } : { cluster: of, place: other },
    );
    const found = cells.map((cell) => ({ ...cell, count: counts[cell.cluster * places + cell.place] }));
    const total = found.reduce((sum, { count }) => sum + count, 0);
    const panel: Panel = { of, total, row: Math.floor(i / perRow), column: i % perRow };
    panels.push(panel);
    for (const bar of found) if (bar.count > 0) bars.push({ ...bar, share: bar.count / total, panel });
  });
  return { panels, bars };
}

/** Every so many of n ticks has a text, so that each text has room. */
export function tickStep(n: number, width: number, room: number): number {
  const least = Math.ceil((n * room) / Math.max(width, 1));
  return [1, 2, 5, 10, 20, 50, 100].find((step) => step >= least) ?? 200;
}
