import type { Artifact } from '../../exports/artifact';

const PAINT = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'font', 'text-anchor'];

/** A drawn chart as a file of its own: what the page's style sheet says is written into each element. */
export function svgFile(svg: SVGSVGElement, name: string): Artifact {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((element, i) => {
    const computed = getComputedStyle(originals[i]);
    const style = PAINT.map((property) => `${property}:${computed.getPropertyValue(property)}`).join(';');
    element.setAttribute('style', style);
    element.removeAttribute('class');
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const text = new XMLSerializer().serializeToString(copy);
  return { name, type: 'image/svg+xml', chunks: once(new TextEncoder().encode(text)) };
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}
