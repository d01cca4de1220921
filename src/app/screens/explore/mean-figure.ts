import type { FigurePlot } from '../../widgets/figure/draw';

/** A picture of the grid, and of how many images it is; cells without an image are not there. */
export interface MeanFigureCell {
  row: number;
  column: number;
  count: number;
  /** Address of the picture (`data:`), so that the file needs nothing beside it. */
  url: string;
}

export interface MeanFigure {
  rows: readonly string[];
  columns: readonly string[];
  cells: readonly MeanFigureCell[];
}

const NAMES = 120;
const COUNT = 16;
const LETTER = 6.2;

/** The grid of mean pictures as a figure: names at the edges, counts below the pictures. */
export function meanFigure({ rows, columns, cells }: MeanFigure): FigurePlot {
  return (width, { Plot }) => {
    const cell = Math.min(96, (width - NAMES) / Math.max(columns.length, 1));
    const picture = cell * 0.92;
    const short = (text: string, pixels: number): string => {
      const most = Math.max(3, Math.floor(pixels / LETTER));
      return text.length > most ? `${text.slice(0, most - 1)}…` : text;
    };
    const at = { x: 'column', y: 'row' } as const;
    return {
      width: Math.max(NAMES + cell * columns.length, 1),
      height: 26 + rows.length * (cell + COUNT),
      marginTop: 24,
      marginLeft: NAMES,
      marginRight: 0,
      marginBottom: 2,
      x: {
        type: 'band',
        domain: [...columns.keys()],
        axis: 'top',
        label: null,
        tickSize: 0,
        padding: 0,
        tickFormat: (column: number) => short(columns[column], cell),
      },
      y: {
        type: 'band',
        domain: [...rows.keys()],
        label: null,
        tickSize: 0,
        padding: 0,
        tickFormat: (row: number) => short(rows[row], NAMES - 10),
      },
      marks: [
        Plot.image(cells, {
          ...at,
          src: 'url',
          width: picture,
          height: picture,
          dy: -COUNT / 2,
          preserveAspectRatio: 'none',
        }),
        Plot.text(cells, {
          ...at,
          text: (one: MeanFigureCell) => String(one.count),
          dy: cell / 2 - 1,
          fill: 'var(--ink-2)',
        }),
      ],
    };
  };
}
