import type { FigurePlot } from '../../widgets/figure/draw';
import { PICK_CLASS } from '../../widgets/figure/draw';
import { flowLayout, type FlowLayout, type FlowNode } from './flow-layout';
import type { CrossTable } from '../../state/cross-table';

/** What can be picked: the images that a row and a column share, or all of either (null: whatever the other side says). */
export interface FlowPick {
  rows: readonly number[] | null;
  columns: readonly number[] | null;
  label: string;
}

export interface FlowWords {
  /** What a bar is called. */
  row: (labels: readonly number[]) => string;
  column: (labels: readonly number[]) => string;
  band: (row: string, column: string, n: number) => string;
  node: (name: string, n: number) => string;
  /** Of a row's label. */
  colour: (label: number) => string;
}

const SVG = 'http://www.w3.org/2000/svg';
const BAR = 10;
/** Bars lower than this have no name beside them. */
const LEAST_NAMED = 9;
const GROUND_OF_OTHERS = 'var(--ink-3)';

/** Bands first, then the bars of both sides: the order of drawing and of the keyboard. */
export function flowPicks({ rows, columns, bands }: FlowLayout, words: FlowWords): FlowPick[] {
  return [
    ...bands.map(({ row, column, count }) => ({
      rows: rows[row].labels,
      columns: columns[column].labels,
      label: words.band(words.row(rows[row].labels), words.column(columns[column].labels), count),
    })),
    ...rows.map(({ labels, total }) => ({
      rows: labels,
      columns: null,
      label: words.node(words.row(labels), total),
    })),
    ...columns.map(({ labels, total }) => ({
      rows: null,
      columns: labels,
      label: words.node(words.column(labels), total),
    })),
  ];
}

export function flowHeight({ rows, columns }: CrossTable): number {
  return Math.min(Math.max(220, 22 * Math.max(Math.min(rows.length, 24), Math.min(columns.length, 24))), 560);
}

/** The two sides as bars with their names, and the bands between them. */
export function flowPlot(table: CrossTable, words: FlowWords): FigurePlot {
  const height = flowHeight(table);
  const TOP = 8;
  const layout = flowLayout(table, height - 2 * TOP);
  const picks = flowPicks(layout, words);
  return (width) => {
    const room = Math.min(Math.max(72, 0.22 * width), 200);
    const [left, right] = [room, width - room - BAR];
    return {
      height,
      axis: null,
      marks: [
        (_index, _scales, _values, _dimensions, { document }) => {
          const draw = (name: string, attributes: Record<string, string | number>): SVGElement => {
            const element = (document as Document).createElementNS(SVG, name) as SVGElement;
            for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
            return element;
          };
          const group = draw('g', { transform: `translate(0,${TOP})` });
          const parts = draw('g', { class: PICK_CLASS });
          const colour = ({ labels }: FlowNode): string =>
            labels.length === 1 ? words.colour(labels[0]) : GROUND_OF_OTHERS;
          layout.bands.forEach(({ row, y0, y1, y2, y3 }) => {
            const [from, to] = [left + BAR, right];
            const middle = (from + to) / 2;
            parts.append(
              draw('path', {
                d: `M${from},${y0}C${middle},${y0} ${middle},${y2} ${to},${y2}L${to},${y3}C${middle},${y3} ${middle},${y1} ${from},${y1}Z`,
                fill: colour(layout.rows[row]),
                'fill-opacity': 0.45,
              }),
            );
          });
          const bar = (x: number, node: FlowNode, fill: string): void =>
            parts.append(
              draw('rect', { x, y: node.y0, width: BAR, height: Math.max(node.y1 - node.y0, 0.5), fill }),
            );
          layout.rows.forEach((node) => bar(left, node, colour(node)));
          layout.columns.forEach((node) => bar(right, node, GROUND_OF_OTHERS));
          [...parts.children].forEach((part, i) => {
            (part as { __data__?: number } & Element).__data__ = i;
            part.setAttribute('aria-label', picks[i].label);
            const title = draw('title', {});
            title.textContent = picks[i].label;
            part.append(title);
          });
          group.append(parts);
          const name = (node: FlowNode, text: string, x: number, anchor: string): void => {
            if (node.y1 - node.y0 < LEAST_NAMED) return;
            const y = (node.y0 + node.y1) / 2;
            const words = draw('text', {
              x,
              y,
              dy: '0.32em',
              'text-anchor': anchor,
              fill: 'var(--ink)',
              'aria-hidden': 'true',
            });
            words.textContent = shortened(text, (room - 10) / 6.2);
            group.append(words);
          };
          layout.rows.forEach((node) => name(node, words.row(node.labels), left - 6, 'end'));
          layout.columns.forEach((node) => name(node, words.column(node.labels), right + BAR + 6, 'start'));
          return group;
        },
      ],
    };
  };
}

/** At most so many letters, the last of them an ellipsis where some are left out. */
export function shortened(text: string, letters: number): string {
  const all = [...text];
  return all.length <= letters
    ? text
    : `${all
        .slice(0, Math.max(Math.floor(letters) - 1, 1))
        .join('')
        .trimEnd()}…`;
}
