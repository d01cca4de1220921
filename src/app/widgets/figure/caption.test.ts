import { describe, expect, it } from 'vitest';
import type { Clustering, Sweep } from '../../../domain/clustering';
import { RAW_PIXELS } from '../../../domain/spec';
import { figures as enFigures } from '../../i18n/en/figures';
import { study as enStudy } from '../../i18n/en/study';
import { figures as frFigures } from '../../i18n/fr/figures';
import { study as frStudy } from '../../i18n/fr/study';
import type { Messages } from '../../i18n/messages';
import { figures as ruFigures } from '../../i18n/ru/figures';
import { study as ruStudy } from '../../i18n/ru/study';
import { clusteringCaption, sweepCaption } from './caption';

const project = { name: 'chicken', spec: RAW_PIXELS };
const clusterings = [5, 6, 7].map((k) => ({ k })) as Sweep['clusterings'];
const sweep = { clusterings, n: 1200, nInit: 4, pca: null, scaling: 'none', seed: 3 } as const;
const en = { figures: enFigures, study: enStudy } as Messages;

it('states data, method and seed', () => {
  expect(sweepCaption(project, sweep, en)).toBe(
    'Data: 1,200 images of “chicken”, Raw pixels, 32 × 32. Method: k-means, k from 5 to 7, best of 4 starts. Seed: 3.',
  );
  expect(sweepCaption(project, sweep, en, 6)).toContain('k = 6, best of 4 starts');
});

it('tells how vectors were prepared, that rows have none, and from what scores come', () => {
  const other = { ...sweep, scaling: 'l2', pca: 34, scoredRows: 500, without: 200, nInit: 1 } as const;
  expect(sweepCaption(project, other, en)).toBe(
    'Data: 1,000 images of “chicken”, Raw pixels, 32 × 32. Method: k-means, k from 5 to 7, best of 1 start, rows scaled to length 1, reduced by PCA to 34 dimensions, scores of 500 images drawn at random. Seed: 3.',
  );
});

it('says that clusters were edited by hand, and into how many', () => {
  const fitted = { k: 6, sizes: Uint32Array.of(5, 4, 3, 2, 1, 1) } as Clustering;
  const edited = { k: 7, sizes: Uint32Array.of(9, 0, 3, 2, 0, 1, 1), base: fitted } as Clustering;
  const plain = sweepCaption(project, sweep, en, 6);
  expect(clusteringCaption(project, sweep, fitted, en)).toBe(plain);
  expect(clusteringCaption(project, sweep, edited, en)).toBe(
    `${plain} Edited by hand afterwards, to 5 clusters.`,
  );
});

it('names the model of clusters that were not fitted', () => {
  const model = { name: 'lice', savedAt: '2026-01-01' };
  expect(sweepCaption(project, { ...sweep, model }, en)).toMatch(
    /nearest centre of the saved model “lice”\.$/,
  );
});

describe.each([
  ['fr', { figures: frFigures, study: frStudy }],
  ['ru', { figures: ruFigures, study: ruStudy }],
])('%s', (_, m) => {
  it('states the same', () => {
    expect(sweepCaption(project, sweep, m as Messages)).toMatch(/chicken.*32 × 32.*5.*7.*4.*3\.$/);
  });
});

it('counts in Russian by the rules of the language', () => {
  expect([1, 2, 5].map((n) => ruFigures.caption.data(n, 'p', 'd').split(' ').slice(1, 3).join(' '))).toEqual([
    '1 изображение',
    '2 изображения',
    '5 изображений',
  ]);
});
