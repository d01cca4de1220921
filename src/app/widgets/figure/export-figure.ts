import type { Locale } from '../../i18n/format';
import type { Theme } from '../../state/palette';
import { composeSvg, type LegendEntry, type Measure } from './compose-svg';
import { drawPlot, loadPlot, type FigurePlot } from './draw';
import { plainMarkup, resolvedColour } from './plain-svg';

/** A figure as it is to be written. */
export interface FigureContent {
  title: string;
  caption: string;
  legend: readonly LegendEntry[];
  plot: FigurePlot;
}

/** Widths that suit a page of print; what is shown narrower or wider is drawn anew at the nearest of them. */
const WIDTH = { least: 640, most: 1400 };
/** Pixels of a picture for one of the figure. */
const PIXELS = 2;

/** The figure as an SVG file that needs nothing beside it, drawn for the theme. Lays it out in the page, unseen, for a moment. */
export async function figureSvg(
  { title, caption, legend, plot }: FigureContent,
  { shown, theme, locale }: { shown: number; theme: Theme; locale: Locale },
): Promise<{ svg: string; width: number; height: number }> {
  const width = Math.round(Math.min(Math.max(shown, WIDTH.least), WIDTH.most));
  const drawn = drawPlot(await loadPlot(), plot, { width, theme, locale });
  const host = document.createElement('div');
  host.setAttribute('aria-hidden', 'true');
  Object.assign(host.style, {
    position: 'fixed',
    left: '-10000px',
    top: '0',
    colorScheme: theme,
    color: 'var(--ink)',
  });
  host.append(drawn);
  document.body.append(host);
  try {
    const font = getComputedStyle(document.documentElement).getPropertyValue('--font').trim() || 'sans-serif';
    return composeSvg({
      title,
      caption,
      width,
      plot: plainMarkup(drawn),
      plotHeight: Number(drawn.getAttribute('height')),
      legend: legend.map((entry) => ({ ...entry, colour: resolvedColour(host, entry.colour) })),
      colours: {
        ink: resolvedColour(host, 'var(--ink)'),
        quiet: resolvedColour(host, 'var(--ink-2)'),
        ground: resolvedColour(host, 'var(--raised)'),
      },
      font,
      measure: textMeasure(font),
    });
  } finally {
    host.remove();
  }
}

/** The same as a PNG picture at twice the size. */
export async function figurePng(svg: {
  svg: string;
  width: number;
  height: number;
}): Promise<Uint8Array<ArrayBuffer>> {
  const url = URL.createObjectURL(new Blob([svg.svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = PIXELS * svg.width;
    canvas.height = PIXELS * svg.height;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('The browser gives no canvas to draw the picture on.');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    if (!blob) throw new Error('The picture is too large for this browser.');
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    URL.revokeObjectURL(url);
  }
}

function textMeasure(font: string): Measure {
  const context = document.createElement('canvas').getContext('2d');
  const SIZE = 100;
  return (text, bold = false) => {
    if (!context) return 0.6 * text.length;
    context.font = `${bold ? 600 : 400} ${SIZE}px ${font}`;
    return context.measureText(text).width / SIZE;
  };
}
