/** Width of a text in pixels at a size of 1 px; `bold` is weight 600. */
export type Measure = (text: string, bold?: boolean) => number;

/** What stands for a series in the legend. */
export interface LegendEntry {
  label: string;
  /** A CSS colour; `var(--…)` follows the theme. */
  colour: string;
  shape?: 'line' | 'dashed' | 'dot' | 'ring' | 'box' | 'band';
}

/** A drawn chart and what belongs to it in a file: colours as files understand them. */
export interface Composition {
  width: number;
  /** Markup of the chart without the `svg` around it. */
  plot: string;
  plotHeight: number;
  title: string;
  legend: readonly LegendEntry[];
  caption: string;
  colours: { ink: string; quiet: string; ground: string };
  font: string;
  measure: Measure;
}

const PAD = 16;
const TITLE = { size: 15, line: 22 };
const SMALL = { size: 11, line: 16 };
const MARK = 20;
const GAP = 16;

/** A file of its own: title, legend, chart and caption one below the other on an opaque ground. */
export function composeSvg(figure: Composition): { svg: string; width: number; height: number } {
  const { colours, caption, measure, title } = figure;
  const width = Math.ceil(figure.width + 2 * PAD);
  const parts: string[] = [];
  let y = PAD;
  const lines = (text: string, { size, line }: typeof TITLE, paint: string, bold = false): void => {
    for (const words of wrapped(text, figure.width, (piece) => size * measure(piece, bold))) {
      const weight = bold ? ' font-weight="600"' : '';
      parts.push(
        `<text x="${PAD}" y="${y + size}" font-size="${size}" fill="${paint}"${weight}>${escapeXml(words)}</text>`,
      );
      y += line;
    }
  };
  lines(title, TITLE, colours.ink, true);
  y += 4;
  for (const row of legendRows(figure.legend, figure.width, (text) => SMALL.size * measure(text))) {
    for (const { entry, x } of row) {
      parts.push(mark(entry, PAD + x, y + SMALL.line / 2));
      parts.push(
        `<text x="${PAD + x + MARK + 6}" y="${y + 12}" font-size="${SMALL.size}" fill="${colours.quiet}">${escapeXml(entry.label)}</text>`,
      );
    }
    y += SMALL.line + 4;
  }
  parts.push(
    `<svg x="${PAD}" y="${y}" width="${figure.width}" height="${figure.plotHeight}" viewBox="0 0 ${figure.width} ${figure.plotHeight}">${figure.plot}</svg>`,
  );
  y += figure.plotHeight + 8;
  lines(caption, SMALL, colours.quiet);
  const height = Math.ceil(y + PAD - 4);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escapeXml(figure.font)}" role="img">` +
    `<title>${escapeXml(title)}</title><desc>${escapeXml(caption)}</desc>` +
    `<rect width="${width}" height="${height}" fill="${colours.ground}"/>${parts.join('')}</svg>`;
  return { svg, width, height };
}

/** Lines of at most so many pixels, broken between words, and within a word that is longer. */
export function wrapped(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ').flatMap((whole) => pieces(whole, width, measure))) {
      const longer = line ? `${line} ${word}` : word;
      if (line && measure(longer) > width) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    if (line) lines.push(line);
  }
  return lines;
}

function pieces(word: string, width: number, measure: (text: string) => number): string[] {
  if (measure(word) <= width) return [word];
  const parts = [''];
  for (const letter of word) {
    if (parts.at(-1) && measure(parts.at(-1) + letter) > width) parts.push('');
    parts[parts.length - 1] += letter;
  }
  return parts;
}

/** The entries in rows of at most so many pixels, with where each begins. */
export function legendRows(
  legend: readonly LegendEntry[],
  width: number,
  measure: (text: string) => number,
): { entry: LegendEntry; x: number }[][] {
  const rows: { entry: LegendEntry; x: number }[][] = [];
  let x = Infinity;
  for (const entry of legend) {
    const size = MARK + 6 + measure(entry.label);
    if (x + size > width) {
      rows.push([]);
      x = 0;
    }
    rows[rows.length - 1].push({ entry, x });
    x += size + GAP;
  }
  return rows;
}

function mark({ colour, shape = 'box' }: LegendEntry, x: number, y: number): string {
  switch (shape) {
    case 'line':
    case 'dashed': {
      const dashes = shape === 'dashed' ? ' stroke-dasharray="4 3"' : '';
      return `<line x1="${x}" x2="${x + MARK}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="2"${dashes}/>`;
    }
    case 'dot':
      return `<circle cx="${x + MARK / 2}" cy="${y}" r="4" fill="${colour}"/>`;
    case 'ring':
      return `<circle cx="${x + MARK / 2}" cy="${y}" r="4" fill="none" stroke="${colour}" stroke-width="1.5"/>`;
    case 'band':
      return `<rect x="${x}" y="${y - 5}" width="${MARK}" height="10" fill="${colour}" fill-opacity="0.25"/>`;
    default:
      return `<rect x="${x + 5}" y="${y - 5}" width="10" height="10" rx="2" fill="${colour}"/>`;
  }
}

/** Text as XML takes it; what XML cannot hold at all is left out. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? '&quot;');
}
