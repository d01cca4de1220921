import { fileColour } from './css-colour';

/** What a drawn element takes from its surroundings unless it says otherwise, and what no colour is. */
const INHERITED = [
  'stroke-width',
  'stroke-dasharray',
  'font-size',
  'font-weight',
  'text-anchor',
  'font-variant',
];
const PAINTS = ['fill', 'stroke'] as const;
/** Attributes that mean something to the page alone. */
const OF_THE_PAGE = ['class', 'style', 'role', 'tabindex', 'aria-label', 'aria-description', 'aria-hidden'];

/**
 * What an SVG in the page shows, as markup of a group: the colours and fonts that its style sheets and themes give become
 * attributes, so that it looks the same in any program.
 */
export function plainMarkup(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  resolve(svg, group, new Map());
  const above = new Map([...group.attributes].map(({ name, value }) => [name, value]));
  const originals = [...svg.children];
  [...copy.children].forEach((child, i) => resolve(originals[i], child, above));
  group.append(...copy.childNodes);
  for (const element of group.querySelectorAll('*'))
    for (const name of OF_THE_PAGE) element.removeAttribute(name);
  return new XMLSerializer().serializeToString(group);
}

/** The colour that a CSS colour or variable comes to within an element, as a hex number. */
export function resolvedColour(host: Element, css: string): string {
  const probe = document.createElement('span');
  probe.style.color = css;
  host.append(probe);
  const found = fileColour(getComputedStyle(probe).color);
  probe.remove();
  return found?.hex ?? '#000000';
}

/** Writes what is in force at `element` into `copy`, where it differs from what is written further up. */
function resolve(element: Element, copy: Element, above: ReadonlyMap<string, string>): void {
  const computed = getComputedStyle(element);
  const here = new Map(above);
  const set = (name: string, value: string): void => {
    copy.removeAttribute(name);
    if (here.get(name) === value) return;
    here.set(name, value);
    copy.setAttribute(name, value);
  };
  for (const name of INHERITED) set(name, computed.getPropertyValue(name));
  for (const name of PAINTS) {
    const paint = computed.getPropertyValue(name);
    const found = fileColour(paint);
    const opacity = Number(computed.getPropertyValue(`${name}-opacity`)) * (found?.alpha ?? 1);
    set(name, found?.hex ?? paint);
    set(`${name}-opacity`, String(Number(opacity.toFixed(3))));
  }
  const originals = [...element.children];
  [...copy.children].forEach((child, i) => resolve(originals[i], child, here));
}
