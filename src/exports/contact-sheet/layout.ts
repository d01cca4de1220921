/** Sides of paper in millimetres, upright. */
export const PAPERS = {
  A4: { width: 210, height: 297 },
  A3: { width: 297, height: 420 },
  Letter: { width: 215.9, height: 279.4 },
} as const;
export type Paper = keyof typeof PAPERS;

/** Dots per inch of a page that is given in pixels: CSS's. */
const SCREEN_DPI = 96;
/** Longest side and largest area of a canvas that browsers give. */
export const MOST_SIDE = 16_384;
export const MOST_PIXELS = 120e6;
const LEAST_SIDE = 200;
/** A picture smaller than this tells nothing. */
const LEAST_CELL = 24;

export interface PageSize {
  /** Pixels. */
  width: number;
  height: number;
  /** null: a page for screens. */
  dpi: number | null;
}

/** Paper at a resolution, in pixels. */
export function paperSize(paper: Paper, dpi: number, landscape: boolean): PageSize {
  const { width, height } = PAPERS[paper];
  const [short, long] = [width, height].map((mm) => Math.round((mm / 25.4) * dpi));
  return landscape ? { width: long, height: short, dpi } : { width: short, height: long, dpi };
}

/** Where everything stands on every page; lengths in pixels. */
export interface SheetLayout {
  columns: number;
  /** Lines of pictures on a page. */
  lines: number;
  /** Pictures on a page. */
  each: number;
  margin: number;
  /** Side of a picture's square, and from one to the next across and down. */
  side: number;
  pitchX: number;
  pitchY: number;
  /** Top of the first line of pictures. */
  top: number;
  /** Baselines. */
  titleY: number;
  footerY: number;
  /** Heights of letters, and of a line of caption. */
  titleFont: number;
  font: number;
  smallFont: number;
  line: number;
}

/** Why a page cannot be made. */
export type LayoutProblem = 'page-small' | 'page-large' | 'cells-small';

/**
 * Places square pictures in columns on a page, with `captions` lines under each, a title above and a footer below. Letters
 * have the same size on paper at every resolution.
 */
export function sheetLayout(page: PageSize, columns: number, captions: number): SheetLayout | LayoutProblem {
  const { width, height } = page;
  if (Math.min(width, height) < LEAST_SIDE) return 'page-small';
  if (Math.max(width, height) > MOST_SIDE || width * height > MOST_PIXELS) return 'page-large';
  const unit = (page.dpi ?? SCREEN_DPI) / SCREEN_DPI;
  const px = (length: number): number => Math.round(length * unit);
  const margin = px(page.dpi === null ? 20 : 36);
  const [gap, line] = [px(8), px(14)];
  const captionHeight = captions > 0 ? captions * line + px(4) : 0;
  const top = margin + px(30);
  const bottom = height - margin - px(20);
  const wide = Math.floor((width - 2 * margin + gap) / columns) - gap;
  // A low page holds one line of smaller pictures.
  const side = Math.min(wide, bottom - top - captionHeight);
  if (side < LEAST_CELL) return 'cells-small';
  const pitchY = side + captionHeight + gap;
  const lines = Math.max(1, Math.floor((bottom - top + gap) / pitchY));
  return {
    columns,
    lines,
    each: columns * lines,
    margin,
    side,
    pitchX: wide + gap,
    pitchY,
    top,
    titleY: margin + px(16),
    footerY: height - margin,
    titleFont: px(16),
    font: px(11),
    smallFont: px(9),
    line,
  };
}

/** One page of one section (a cluster, a selection): its pictures `from` .. `to - 1`. */
export interface PagePlace {
  section: number;
  from: number;
  to: number;
}

/** All pages, section after section, each of which begins a page; a section without pictures has none. */
export function pagePlaces(counts: readonly number[], each: number): PagePlace[] {
  return counts.flatMap((count, section) =>
    Array.from({ length: Math.ceil(count / each) }, (_, page) => ({
      section,
      from: page * each,
      to: Math.min(count, (page + 1) * each),
    })),
  );
}
