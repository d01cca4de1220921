import type { Plot, PlotOptions } from '@observablehq/plot';
import type { Locale } from '../../i18n/format';
import type { Theme } from '../../state/palette';
import { tickTexts } from './tick-text';

/** The library itself, for charts that are described where it is not loaded yet. */
export type PlotLibrary = typeof import('@observablehq/plot');

/** What a description of a chart may use. */
export interface FigureKit {
  Plot: PlotLibrary;
  /** Of the page, or of the file that is written. */
  theme: Theme;
  /** Texts of ticks in the language of the page; scales without texts of their own have these already. */
  tick: ReturnType<typeof tickTexts>;
}

export type FigurePlot = (width: number, kit: FigureKit) => PlotOptions;

/** The one class of all charts: rules for it are in Figure.svelte. */
export const PLOT_CLASS = 'plot';
/** `className` of marks whose data can be picked. */
export const PICK_CLASS = 'pick';

let library: Promise<PlotLibrary> | null = null;

/** Loads the library once; a failure is not kept, so that asking again may help. */
export function loadPlot(): Promise<PlotLibrary> {
  library ??= import('@observablehq/plot').catch((error: unknown) => {
    library = null;
    throw error;
  });
  return library;
}

/**
 * Draws a chart that lies in no document yet. Plot puts a `style` element into it, which the page's policy forbids; it has no
 * effect before it is in a document, so it is taken out here and its rules stand in Figure.svelte.
 */
export function drawPlot(
  Plot: PlotLibrary,
  plot: FigurePlot,
  { width, theme, locale }: { width: number; theme: Theme; locale: Locale },
): SVGSVGElement & Plot {
  const tickFormat = tickTexts(locale);
  const options = plot(width, { Plot, theme, tick: tickFormat });
  const drawn = Plot.plot({
    width,
    ...options,
    x: { tickFormat, ...options.x },
    y: { tickFormat, ...options.y },
    fx: { tickFormat, ...options.fx },
    fy: { tickFormat, ...options.fy },
    className: PLOT_CLASS,
    figure: false,
  });
  for (const style of drawn.querySelectorAll('style')) style.remove();
  return drawn as SVGSVGElement & Plot;
}
