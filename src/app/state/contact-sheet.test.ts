import { describe, expect, it } from 'vitest';
import type { Clustering } from '../../domain/clustering';
import type { Project } from '../../domain/project';
import { RAW_PIXELS } from '../../domain/spec';
import { clusterPage } from '../i18n/en/cluster-page';
import { metadata } from '../i18n/en/metadata';
import { views } from '../i18n/en/views';
import {
  countOfSubject,
  FIRST_SHEET,
  pageFile,
  sheetPlan,
  sheetSections,
  type SheetOptions,
  type SheetPlan,
  type SheetSources,
  type SheetSubject,
} from './contact-sheet';

const words = { sheet: clusterPage.sheet, views, metadata };
const clustering = {
  k: 3,
  labels: Uint16Array.of(0, 1, 0, 0, 1, 0),
  distances: Float32Array.of(3, 1, 1, 2, 5, 4),
  sizes: Uint32Array.of(4, 2, 0),
} as unknown as Clustering;
const from: SheetSources = {
  rows: {
    n: 7,
    paths: Array.from({ length: 7 }, (_, i) => `folder/${i}.png`),
    hashes: Array.from({ length: 7 }, (_, i) => `hash ${i}`),
    widths: new Uint32Array(7).fill(40),
    heights: new Uint32Array(7).fill(30),
    duplicates: new Map(),
  },
  clustering,
  notes: new Map([[1, { name: 'discs', note: '' }]]),
  columns: [{ name: 'time', type: 'text', codes: Uint32Array.of(1, 0, 0, 0, 0, 0, 0), words: ['', 'noon'] }],
  project: { name: 'set', spec: RAW_PIXELS } as Project,
  sweep: { seed: 7 } as SheetSources['sweep'],
  selected: Uint32Array.of(1, 4, 5, 6),
};
const plan = (subject: SheetSubject, options: Partial<SheetOptions> = {}): SheetPlan => {
  const whole = { ...FIRST_SHEET, ...options };
  const found = sheetPlan(sheetSections(subject, whole.order, from, words), whole, from, words);
  if (typeof found === 'string') throw new Error(found);
  return found;
};
const rowsOf = (found: SheetPlan): number[][] =>
  found.places.map((_, index) => found.page(index).cells.map(({ row }) => row));

describe('a contact sheet', () => {
  it('shows a cluster in the order asked for', () => {
    expect(rowsOf(plan({ kind: 'cluster', cluster: 0 }))).toEqual([[2, 3, 0, 5]]);
    expect(rowsOf(plan({ kind: 'cluster', cluster: 0 }, { order: 'far' }))).toEqual([[5, 0, 3, 2]]);
    expect(rowsOf(plan({ kind: 'cluster', cluster: 0 }, { order: 'row' }))).toEqual([[0, 2, 3, 5]]);
  });

  it('shows a selection, images without a cluster last', () => {
    expect(rowsOf(plan({ kind: 'selection' }))).toEqual([[1, 5, 4, 6]]);
    expect(rowsOf(plan({ kind: 'selection' }, { order: 'far' }))).toEqual([[4, 5, 1, 6]]);
  });

  it('begins a page with each cluster, and takes as many of each as asked', () => {
    const found = plan({ kind: 'clusters' }, { most: 3 });
    expect(rowsOf(found)).toEqual([
      [2, 3, 0],
      [1, 4],
    ]);
    expect(found.pictures).toBe(5);
    expect(found.page(1).texts.map(({ text }) => text)).toEqual([
      'Cluster 1: discs · 2 images',
      'set · k-means, k = 3, seed 7, 32 × 32 px · Nearest the centre first',
      '2 / 2',
    ]);
  });

  it('breaks over pages, with everything at its place', () => {
    const size = { paper: 'pixels', width: 220, height: 260, columns: 2, most: 3, captions: [] } as const;
    const found = plan(
      { kind: 'cluster', cluster: 0 },
      { ...size, captions: ['name', 'column time', 'gone'] },
    );
    expect(rowsOf(found)).toEqual([[2, 3], [0]]);
    const { cells, texts } = found.page(1, 0.5);
    expect(cells[0]).toMatchObject({ hash: 'hash 0', captions: ['0.png', 'noon'], x: 20, y: 50 });
    expect(texts[0]).toMatchObject({ text: 'Cluster 0 · 4 images', look: 'title' });
  });

  it('says when there is nothing to show, or no page to show it on', () => {
    const none = (subject: SheetSubject, options: Partial<SheetOptions> = {}, others = {}) => {
      const sources = { ...from, ...others };
      const sections = sheetSections(subject, 'near', sources, words);
      return sheetPlan(sections, { ...FIRST_SHEET, ...options }, sources, words);
    };
    expect(none({ kind: 'cluster', cluster: 2 })).toBe('nothing');
    expect(none({ kind: 'cluster', cluster: 9 })).toBe('nothing');
    expect(none({ kind: 'selection' }, {}, { selected: new Uint32Array() })).toBe('nothing');
    expect(none({ kind: 'clusters' }, {}, { clustering: null })).toBe('nothing');
    expect(none({ kind: 'clusters' }, { dpi: 2400 })).toBe('page-large');
    expect(none({ kind: 'clusters' }, { paper: 'pixels', width: 300, columns: 30 })).toBe('cells-small');
  });

  it('counts what it is about', () => {
    expect(countOfSubject({ kind: 'cluster', cluster: 1 }, from)).toBe(2);
    expect(countOfSubject({ kind: 'clusters' }, from)).toBe(6);
    expect(countOfSubject({ kind: 'selection' }, from)).toBe(4);
    expect(pageFile(0, 5)).toBe('page-01.png');
    expect(pageFile(41, 1000)).toBe('page-0042.png');
  });
});
