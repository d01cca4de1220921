import { expect, it } from 'vitest';
import { idOf, type Source } from '../../state/labellings';
import { chosenSources } from './chosen-sources';

const k = (of: number): Source => ({ kind: 'clusters', k: of });
const column = (name: string): Source => ({ kind: 'column', column: name });
const ids = (...args: Parameters<typeof chosenSources>): (string | null)[] => {
  const { first, second } = chosenSources(...args);
  return [first && idOf(first), second && idOf(second)];
};

it('takes what was asked for', () => {
  const sources = [k(5), k(6), column('folder'), column('class')];
  expect(ids(sources, 'k:5', 'column:folder', 6, 5)).toEqual(['k:5', 'column:folder']);
  expect(ids(sources, 'k:5', 'k:5', 6, 5)).toEqual(['k:5', 'k:5']);
});

it('proposes the clustering in use beside the class, another column, or the runner-up', () => {
  expect(ids([k(5), k(6), column('folder'), column('class')], null, null, 6, 5)).toEqual([
    'k:6',
    'column:class',
  ]);
  expect(ids([k(5), k(6), column('folder')], null, null, 6, 5)).toEqual(['k:6', 'column:folder']);
  expect(ids([k(5), k(6), k(7)], null, null, 6, 7)).toEqual(['k:6', 'k:7']);
});

it('makes do with what there is, also when what was asked for is gone', () => {
  expect(ids([k(5)], 'k:9', 'level:2:kmeans', 5, null)).toEqual(['k:5', 'k:5']);
  expect(ids([], 'k:9', null, null, null)).toEqual([null, null]);
});
