import { expect, it } from 'vitest';
import { drawnTree } from '../../../../../test/harness/drawn-tree';
import { RAW_PIXELS } from '../../../../domain/spec';
import { figures as enFigures } from '../../../i18n/en/figures';
import { hierarchy as enHierarchy } from '../../../i18n/en/hierarchy';
import { study as enStudy } from '../../../i18n/en/study';
import { figures as frFigures } from '../../../i18n/fr/figures';
import { hierarchy as frHierarchy } from '../../../i18n/fr/hierarchy';
import { study as frStudy } from '../../../i18n/fr/study';
import type { Messages } from '../../../i18n/messages';
import { figures as ruFigures } from '../../../i18n/ru/figures';
import { hierarchy as ruHierarchy } from '../../../i18n/ru/hierarchy';
import { study as ruStudy } from '../../../i18n/ru/study';
import { treemapCaption } from './caption';

const project = { name: 'chicken', spec: RAW_PIXELS };
const tree = {
  ...drawnTree(12, [6, 4, 2], [[4, 2], [], []]),
  branching: 16,
  nInit: 1,
  seed: 3,
  scaling: 'none',
  pca: null,
} as const;
const en = { figures: enFigures, hierarchy: enHierarchy, study: enStudy } as Messages;

it('says what is drawn, of which data, how it was made and what colours say', () => {
  expect(treemapCaption(project, tree, 1, 'Colour: k = 9.', en)).toBe(
    'root-0, 6 images: area by number of images, two levels. Data: 12 images of “chicken”, Raw pixels, 32 × 32. Method: hierarchical k-means, at most 16 children a node, best of 1 start. Seed: 3. Colour: k = 9.',
  );
});

it('tells how vectors were prepared, and of parts by a column', () => {
  const prepared = { ...tree, scaling: 'l2', pca: 34, by: { column: 'device' }, branching: null } as const;
  expect(treemapCaption(null, prepared, 0, '', en)).toMatch(
    /Method: k-means within each value of device, rows scaled to length 1, reduced by PCA to 34 dimensions, best of 1 start\. Seed: 3\.$/,
  );
});

it.each([
  ['fr', { figures: frFigures, hierarchy: frHierarchy, study: frStudy }],
  ['ru', { figures: ruFigures, hierarchy: ruHierarchy, study: ruStudy }],
])('states the same in %s', (_, m) => {
  const reduced = { ...tree, scaling: 'standard', pca: 34 } as const;
  expect(treemapCaption(project, reduced, 1, '', m as Messages)).toMatch(
    /6.*12.*chicken.*32 × 32.*16.*34.*1.*3\.$/,
  );
});
