import type { Projection } from '../../domain/projection';
import type { Block } from './blocks';
import type { MapWords } from './words/map-en';

interface Formats {
  int(n: number): string;
  real(n: number): string;
  share(part: number): string;
}

/** How the map was laid out, and how far it can be trusted. */
export function mapBlocks(map: Projection | null | undefined, w: MapWords, f: Formats): Block[] {
  if (!map) return [];
  const { method, options, explained, reduced, graph, quality, divergence, laid } = map;
  const rows: [string, string][] = [
    [w.method, w.methods[method]],
    [w.dims, f.int(map.dims)],
  ];
  if (method === 'pca') rows.push([w.explained, explained.map((share) => f.share(share)).join('; ')]);
  else {
    rows.push([
      w.input,
      reduced ? w.reduced(f.int(reduced.components), f.share(reduced.explained)) : w.whole,
    ]);
    if (method === 'umap')
      rows.push([w.neighbours, f.int(options.neighbours)], [w.minDist, f.real(options.minDist)]);
    else rows.push([w.perplexity, f.real(options.perplexity)]);
    rows.push([w.seed, String(options.seed)]);
  }
  if (graph)
    rows.push([
      w.graph,
      graph.search === 'exact' ? w.exact : w.lists(f.share(graph.recall), f.int(graph.sample)),
    ]);
  if (divergence !== undefined) rows.push([w.divergence, f.real(divergence)]);
  if (quality) {
    const { k, sample, trustworthiness, recall } = quality;
    rows.push([w.trustworthiness, f.real(trustworthiness)], [w.recall, f.share(recall)]);
    rows.push([w.judged, w.judgedOn(f.int(sample), f.int(k))]);
  }
  const placed = placedRows(map);
  if (placed > 0) rows.push([w.placed, w.placedLater(f.int(placed), f.int(laid))]);
  return [
    { kind: 'heading', text: w.heading },
    { kind: 'facts', rows },
  ];
}

/** Rows that were added to the layout of others. */
function placedRows({ coords, dims, laid }: Projection): number {
  let rows = 0;
  for (let p = 0; p < coords.length; p += dims) if (!Number.isNaN(coords[p])) rows++;
  return rows - laid;
}
