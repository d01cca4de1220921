import { describe, expect, it } from 'vitest';
import { DEFAULT_SWEEP } from '../../domain/clustering';
import { newProjectFields } from './new-project';
import { optionsOf, sameOptions } from './sweep-options';

const project = { ...newProjectFields('Set'), id: 'a', createdAt: 0, updatedAt: 0 };

describe('optionsOf', () => {
  it('is the usual for a new project, and follows what the project says', () => {
    expect(optionsOf(project)).toEqual(DEFAULT_SWEEP);
    expect(optionsOf({ ...project, seed: 7, kMax: 9, scaling: 'l2', pca: 20 })).toMatchObject({
      seed: 7,
      kMin: 5,
      kMax: 9,
      scaling: 'l2',
      pca: 20,
    });
  });
});

describe('sameOptions', () => {
  it('tells options apart by value', () => {
    expect(sameOptions(optionsOf(project), optionsOf({ ...project, name: 'Other' }))).toBe(true);
    expect(sameOptions(optionsOf(project), optionsOf({ ...project, pca: 3 }))).toBe(false);
  });
});
