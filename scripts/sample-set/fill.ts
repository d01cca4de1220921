import type { Colour, Picture } from './picture';
import type { Affine, Polygon } from './svg-path';

const LINES = 4;

interface Edge {
  x: number;
  step: number;
  top: number;
  bottom: number;
  winding: number;
}

/** Fills polygons (nonzero or even-odd rule) with one colour; four lines a pixel, exact coverage along each. */
export function fill(
  picture: Picture,
  shape: Polygon[],
  map: Affine,
  colour: Colour,
  opacity: number,
  evenOdd: boolean,
): void {
  const edges = shape.flatMap((polygon) => edgesOf(polygon, map));
  const coverage = new Float64Array(picture.width);
  const top = Math.max(0, Math.floor(Math.min(...edges.map((edge) => edge.top))));
  const bottom = Math.min(picture.height, Math.max(...edges.map((edge) => edge.bottom)));
  for (let y = top; y < bottom; y++) {
    coverage.fill(0);
    for (let line = 0; line < LINES; line++) addSpans(coverage, edges, y + (line + 0.5) / LINES, evenOdd);
    for (let x = 0; x < picture.width; x++) {
      const alpha = (Math.min(LINES, coverage[x]) / LINES) * opacity;
      const at = (y * picture.width + x) * 3;
      for (let c = 0; c < 3; c++) picture.data[at + c] += alpha * (colour[c] - picture.data[at + c]);
    }
  }
}

function edgesOf(polygon: Polygon, [a, b, c, d, e, f]: Affine): Edge[] {
  const edges: Edge[] = [];
  for (let i = 0; i < polygon.length; i += 2) {
    const j = (i + 2) % polygon.length;
    const [x0, y0] = [a * polygon[i] + c * polygon[i + 1] + e, b * polygon[i] + d * polygon[i + 1] + f];
    const [x1, y1] = [a * polygon[j] + c * polygon[j + 1] + e, b * polygon[j] + d * polygon[j + 1] + f];
    if (y0 === y1) continue;
    const step = (x1 - x0) / (y1 - y0);
    edges.push({ x: x0 - y0 * step, step, top: Math.min(y0, y1), bottom: Math.max(y0, y1), winding: y0 < y1 ? 1 : -1 }); // prettier-ignore
  }
  return edges;
}

function addSpans(coverage: Float64Array, edges: Edge[], y: number, evenOdd: boolean): void {
  const crossings = edges
    .filter((edge) => edge.top <= y && y < edge.bottom)
    .map((edge) => ({ x: edge.x + y * edge.step, winding: edge.winding }))
    .sort((p, q) => p.x - q.x);
  let winding = 0;
  crossings.forEach((crossing, i) => {
    winding += crossing.winding;
    const inside = evenOdd ? (i & 1) === 0 : winding !== 0;
    if (inside && i + 1 < crossings.length) addSpan(coverage, crossing.x, crossings[i + 1].x);
  });
}

function addSpan(coverage: Float64Array, from: number, to: number): void {
  const [start, end] = [Math.max(0, from), Math.min(coverage.length, to)];
  for (let x = Math.floor(start); x < end; x++)
    coverage[x] += Math.max(0, Math.min(end, x + 1) - Math.max(start, x));
}
