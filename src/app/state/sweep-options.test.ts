import { describe, expect, it } from 'vitest';
import { drawnSet } from '../../../test/harness/drawn-set';
import { DEFAULT_SWEEP, type Sweep } from '../../domain/clustering';
import { newProjectFields } from './new-project';
import { isMadeWith, optionsOf, sameOptions } from './sweep-options';

const project = { ...newProjectFields('Set'), id: 'a', createdAt: 0, updatedAt: 0 };

describe('optionsOf', () => {
  it('is the usual for a new project, and follows what the project says', () => {
    expect(optionsOf(project)).toEqual(DEFAULT_SWEEP);
    const asked = { seed: 7, kMax: 9, scaling: 'l2', pca: 0.9, nInit: 10, engine: 'cpu' } as const;
    expect(optionsOf({ ...project, ...asked, silhouetteSample: Infinity })).toMatchObject({
      ...asked,
      kMin: 5,
      silhouetteSample: Infinity,
    });
  });
});

describe('sameOptions', () => {
  it('tells options apart by value', () => {
    expect(sameOptions(optionsOf(project), optionsOf({ ...project, name: 'Other' }))).toBe(true);
    expect(sameOptions(optionsOf(project), optionsOf({ ...project, pca: 3 }))).toBe(false);
  });
});

describe('isMadeWith', () => {
  const options = { ...DEFAULT_SWEEP, nInit: 1, silhouetteSample: 50 };
  const made: Sweep = { ...drawnSet(200).sweep, asked: { kMin: 5, kMax: 30, pca: null } };

  it('takes a kept sweep for what its options would give, with as good a silhouette or a better one', () => {
    expect(isMadeWith(made, options)).toBe(true);
    expect(isMadeWith(made, { ...options, silhouetteSample: Infinity })).toBe(true);
    const estimated = made.clusterings.map((c) => ({ ...c, silhouetteSample: 50 }));
    expect(isMadeWith({ ...made, clusterings: estimated }, options)).toBe(true);
    expect(isMadeWith({ ...made, clusterings: estimated }, { ...options, silhouetteSample: 100 })).toBe(
      false,
    );
  });

  it.each([
    { kMin: 4 },
    { kMax: 31 },
    { seed: 2 },
    { scaling: 'l2' },
    { nInit: 2 },
    { pca: 3 },
    { pca: 0.95 },
  ] as const)('not with %o', (other) => expect(isMadeWith(made, { ...options, ...other })).toBe(false));

  it('compares the share of the variance that was asked for, not the dimension it gave', () => {
    const reduced = { ...made, pca: 12, asked: { kMin: 5, kMax: 30, pca: 0.95 } };
    expect(isMadeWith(reduced, { ...options, pca: 0.95 })).toBe(true);
    expect(isMadeWith(reduced, { ...options, pca: 12 })).toBe(false);
    expect(isMadeWith({ ...made, pca: 12, asked: { kMin: 5, kMax: 30 } }, { ...options, pca: 12 })).toBe(
      true,
    );
  });
});
