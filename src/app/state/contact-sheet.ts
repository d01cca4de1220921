import type { SheetPage } from '../../domain/contact-sheet';
import { clustersOf, type Sweep } from '../../domain/clustering';
import type { Project } from '../../domain/project';
import type { EmbedSpec } from '../../domain/spec';
import {
  pagePlaces,
  paperSize,
  sheetLayout,
  type LayoutProblem,
  type PagePlace,
  type PageSize,
  type Paper,
  type SheetLayout,
} from '../../exports/contact-sheet/layout';
import { clusteredCount, membersByDistance, membersOf } from '../screens/clusters/members';
import { captionFields, nameOfCluster, type CaptionSources, type CaptionWords } from './sheet-captions';

/** Which images a contact sheet shows. */
export type SheetSubject =
  { kind: 'cluster'; cluster: number } | { kind: 'selection' } | { kind: 'clusters' };

export interface SheetOptions {
  order: 'near' | 'far' | 'row';
  /** Only so many of each section, from the first; null: all. */
  most: number | null;
  paper: Paper | 'pixels';
  landscape: boolean;
  dpi: number;
  /** Where the page is given in pixels. */
  width: number;
  height: number;
  columns: number;
  fit: 'whole' | 'crop';
  /** Keys of `captionFields`, a line each. */
  captions: string[];
}

export const FIRST_SHEET: SheetOptions = {
  order: 'near',
  most: null,
  paper: 'A4',
  landscape: false,
  dpi: 150,
  width: 1920,
  height: 1080,
  columns: 6,
  fit: 'whole',
  captions: ['name'],
};

export interface SheetSources extends CaptionSources {
  project: Project | null;
  sweep: Sweep | null;
  selected: Uint32Array;
}

/** A contact sheet that can be drawn; `page` makes what one page holds, so that not all texts are in memory. */
export interface SheetPlan {
  size: PageSize;
  layout: SheetLayout;
  places: PagePlace[];
  pictures: number;
  page(index: number, scale?: number): SheetPage;
}

/** Images that begin a page together: a cluster, or the selection. */
export interface SheetSection {
  title: string;
  /** In the order of the sheet. */
  rows: Uint32Array;
}

/** What would be drawn of these sections (`sheetSections`), or why nothing can be. */
export function sheetPlan(
  all: readonly SheetSection[],
  options: SheetOptions,
  from: SheetSources,
  words: CaptionWords,
): SheetPlan | LayoutProblem | 'nothing' {
  const { paper, dpi, landscape, width, height, columns, captions, most } = options;
  const size = paper === 'pixels' ? { width, height, dpi: null } : paperSize(paper, dpi, landscape);
  const layout = sheetLayout(size, columns, captions.length);
  if (typeof layout === 'string') return layout;
  const sections = all.map(({ title, rows }) => ({
    title: words.sheet.heading(title, rows.length),
    rows: rows.subarray(0, most ?? rows.length),
  }));
  const pictures = sections.reduce((sum, { rows }) => sum + rows.length, 0);
  if (pictures === 0) return 'nothing';
  const places = pagePlaces(
    sections.map(({ rows }) => rows.length),
    layout.each,
  );
  const fields = captionFields(from, words);
  const lines = captions.flatMap((key) => fields.find((field) => field.key === key) ?? []);
  const footer = footerOf(options, from, words);

  function page(index: number, scale = 1): SheetPage {
    const { section, from: first, to } = places[index];
    const rows = sections[section].rows.subarray(first, to);
    return {
      ...size,
      scale,
      fit: options.fit,
      font: (layout as SheetLayout).font,
      line: (layout as SheetLayout).line,
      missing: words.sheet.none,
      texts: textsOf(sections[section].title, footer, words.sheet.pageOf(index + 1, places.length)),
      cells: Array.from(rows, (row, i) => ({
        ...placeOf(layout as SheetLayout, i),
        row,
        hash: from.rows.hashes[row] ?? '',
        captions: lines.map(({ textOf }) => textOf(row)),
      })),
    };
  }

  function textsOf(title: string, foot: string, number: string): SheetPage['texts'] {
    const { margin, titleY, footerY, titleFont, smallFont } = layout as SheetLayout;
    const wide = size.width - 2 * margin;
    const numberWide = Math.round(smallFont * 0.7 * (number.length + 2));
    const small = { font: smallFont, y: footerY, look: 'quiet' } as const;
    return [
      { text: title, x: margin, y: titleY, width: wide, font: titleFont, look: 'title', align: 'start' },
      { text: foot, x: margin, width: wide - numberWide, align: 'start', ...small },
      { text: number, x: margin, width: wide, align: 'end', ...small },
    ];
  }

  return { size, layout, places, pictures, page };
}

function placeOf(
  { columns, margin, pitchX, pitchY, top, side }: SheetLayout,
  i: number,
): { x: number; y: number; side: number } {
  return { x: margin + (i % columns) * pitchX, y: top + Math.floor(i / columns) * pitchY, side };
}

/** The images in their order; sorting many of them takes a moment, so that it is done apart from all other choices. */
export function sheetSections(
  subject: SheetSubject,
  order: SheetOptions['order'],
  { clustering, selected, notes, rows: { n } }: SheetSources,
  { views, sheet }: CaptionWords,
): SheetSection[] {
  if (subject.kind === 'selection')
    return [{ title: sheet.selection, rows: ordered(selected.filter((row) => row < n)) }];
  if (!clustering) return [];
  const section = (cluster: number): SheetSection => ({
    title: nameOfCluster(cluster, notes, views),
    rows: membersInOrder(cluster),
  });
  if (subject.kind === 'cluster') return [section(subject.cluster)];
  return clustersOf(clustering).map(section);

  function membersInOrder(cluster: number): Uint32Array {
    if (!clustering) return new Uint32Array();
    if (order === 'row') return membersOf(clustering, cluster);
    const near = membersByDistance(clustering, cluster);
    return order === 'far' ? near.reverse() : near;
  }
  /** Images in no cluster have no distance, and come last. */
  function ordered(rows: Uint32Array): Uint32Array {
    if (order === 'row' || !clustering) return rows;
    const sign = order === 'far' ? -1 : 1;
    const key = (row: number): number => {
      const distance = clustering.distances[row] ?? NaN;
      return Number.isNaN(distance) ? Infinity : sign * distance;
    };
    return rows.slice().sort((a, b) => (key(a) === key(b) ? a - b : key(a) - key(b)));
  }
}

/** The data, how they were clustered, the seed and the order: what it takes to see the same again. */
function footerOf(
  { order }: SheetOptions,
  { project, sweep, clustering }: SheetSources,
  { sheet }: CaptionWords,
): string {
  const descriptor = project ? titleOf(project.spec) : '';
  const k = clustering?.k ?? 0;
  const how =
    !sweep || !clustering
      ? sheet.unclustered
      : sweep.model
        ? sheet.model(k, sweep.model.name)
        : sheet.kmeans(k, sweep.seed, descriptor);
  return sheet.footer(project?.name ?? '', how, sheet.orders[order]);
}

const titleOf = (spec: EmbedSpec): string =>
  spec.kind === 'pixels' ? `${spec.width} × ${spec.height} px` : spec.title;

/** Images that a subject is about. */
export function countOfSubject(subject: SheetSubject, { clustering, selected }: SheetSources): number {
  if (subject.kind === 'selection') return selected.length;
  if (!clustering) return 0;
  return subject.kind === 'cluster' ? (clustering.sizes[subject.cluster] ?? 0) : clusteredCount(clustering);
}

/** Names of the files of the pages, numbered so that they sort. */
export function pageFile(index: number, pages: number): string {
  return `page-${String(index + 1).padStart(Math.max(2, String(pages).length), '0')}.png`;
}
