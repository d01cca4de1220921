import { describe, expect, it } from 'vitest';
import { DEFAULT_SWEEP } from '../../domain/clustering';
import { clusterFormOf, sameForm, wrongFields, type ClusterForm } from './cluster-form';

const form = clusterFormOf(DEFAULT_SWEEP);

describe('wrongFields', () => {
  it.each<[Partial<ClusterForm>, string[]]>([
    [{}, []],
    [{ kMin: 2, kMax: 2 }, []],
    [{ kMin: 1 }, ['k']],
    [{ kMin: 9, kMax: 8 }, ['k']],
    [{ kMax: 101 }, ['k']],
    [{ kMin: null }, ['k']],
    [{ kMin: 5.5 }, ['k']],
    [{ seed: -1 }, ['seed']],
    [{ seed: 2 ** 32 }, ['seed']],
    [{ seed: null }, ['seed']],
    [{ pca: 0 }, ['pca']],
    [{ pca: 50 }, []],
    [{ seed: null, kMax: null, pca: -3 }, ['seed', 'k', 'pca']],
  ])('%j', (change, expected) => expect([...wrongFields({ ...form, ...change })]).toEqual(expected));
});

describe('sameForm', () => {
  it('tells a changed form from an untouched one', () => {
    expect(sameForm(form, { ...form })).toBe(true);
    expect(sameForm(form, { ...form, pca: 20 })).toBe(false);
  });
});
