import { describe, expect, it } from 'vitest';
import { composeSvg, escapeXml, legendRows, wrapped, type Composition } from './compose-svg';

/** Every letter half as wide as the text is high. */
const measure = (text: string): number => text.length / 2;
const figure: Composition = {
  width: 400,
  plot: '<path d="M0,0L1,1"/>',
  plotHeight: 200,
  title: 'Silhouette < 1 & more',
  legend: [],
  caption: 'Data: 30 images of “photos”.',
  colours: { ink: '#111111', quiet: '#444444', ground: '#ffffff' },
  font: 'system-ui, "Segoe UI", sans-serif',
  measure,
};

describe('a figure as a file', () => {
  it('holds title, chart and caption one below the other, on an opaque ground', () => {
    const { svg, width, height } = composeSvg(figure);
    expect(width).toBe(432);
    expect(svg).toContain(`width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`);
    expect(svg).toContain('<rect width="432"');
    expect(svg).toContain('<title>Silhouette &lt; 1 &amp; more</title>');
    expect(svg).toContain('font-family="system-ui, &quot;Segoe UI&quot;, sans-serif"');
    const places = [
      '>Silhouette &lt; 1 &amp; more</text>',
      '<path d="M0,0L1,1"/>',
      'fill="#444444">Data: 30 images of',
    ].map((part) => svg.indexOf(part));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    expect(height).toBeGreaterThan(200 + 22 + 16);
  });

  it('grows with a long caption and with a legend', () => {
    const plain = composeSvg(figure).height;
    expect(composeSvg({ ...figure, caption: 'many words '.repeat(30) }).height).toBeGreaterThan(plain + 32);
    const legend = [
      { label: 'mean', colour: '#ff0000', shape: 'line' },
      { label: 'lowest', colour: '#00ff00', shape: 'dashed' },
    ] as const;
    const { svg, height } = composeSvg({ ...figure, legend });
    expect(height).toBe(plain + 20);
    expect(svg).toContain('stroke-dasharray');
    expect(svg).toContain('>lowest</text>');
  });
});

it('breaks lines between words, and within words that are too long', () => {
  const width = (text: string): number => text.length;
  expect(wrapped('one two three', 7, width)).toEqual(['one two', 'three']);
  expect(wrapped('a\nb', 7, width)).toEqual(['a', 'b']);
  expect(wrapped('abcdefghij k', 4, width)).toEqual(['abcd', 'efgh', 'ij k']);
  expect(wrapped('', 4, width)).toEqual([]);
});

it('puts legend entries into rows', () => {
  const entry = (label: string) => ({ label, colour: '#000000' });
  const rows = legendRows(['aa', 'bb', 'cc'].map(entry), 100, (text) => 5 * text.length);
  expect(rows.map((row) => row.map(({ entry: { label }, x }) => [label, x]))).toEqual([
    [
      ['aa', 0],
      ['bb', 52],
    ],
    [['cc', 0]],
  ]);
  expect(legendRows([entry('longer than the line')], 10, () => 500)).toHaveLength(1);
  expect(legendRows([], 100, () => 1)).toEqual([]);
});

it('escapes, and leaves out what XML cannot hold', () => {
  expect(escapeXml('a<b> & "c"\u0000\u001b\ud800')).toBe('a&lt;b&gt; &amp; &quot;c&quot;\ufffd');
});
