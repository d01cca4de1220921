import { describe, expect, it } from 'vitest';
import { DEFAULT_SWEEP } from '../../domain/clustering';
import { clusterFormOf, patchOf, sameForm, wrongFields, type ClusterForm } from './cluster-form';

const form = clusterFormOf(DEFAULT_SWEEP);

describe('wrongFields', () => {
  it.each<[Partial<ClusterForm>, string[]]>([
    [{}, []],
    [{ kMin: 2, kMax: 2 }, []],
    [{ kMin: 1 }, ['k']],
    [{ kMin: 9, kMax: 8 }, ['k']],
    [{ kMax: 1025 }, ['k']],
    [{ kMin: null }, ['k']],
    [{ kMin: 5.5 }, ['k']],
    [{ seed: -1 }, ['seed']],
    [{ seed: 2 ** 32 }, ['seed']],
    [{ seed: null }, ['seed']],
    [{ nInit: 0 }, ['nInit']],
    [{ nInit: 100 }, []],
    [{ reduction: 'dimensions', dimensions: 0 }, ['pca']],
    [{ reduction: 'dimensions', dimensions: 50 }, []],
    [{ reduction: 'share', percent: 100 }, ['pca']],
    [{ reduction: 'share', percent: 0 }, ['pca']],
    [{ reduction: 'share', percent: 99.5 }, []],
    [{ reduction: 'none', dimensions: null, percent: null }, []],
    [{ sample: 99 }, ['sample']],
    [{ sample: null, exact: true }, []],
    [{ seed: null, kMax: null, sample: -3 }, ['seed', 'k', 'sample']],
  ])('%j', (change, expected) => expect([...wrongFields({ ...form, ...change })]).toEqual(expected));
});

describe('patchOf', () => {
  it.each([null, 1, 64, 0.95, 0.29, 0.999])('gives back a reduction to %d', (pca) =>
    expect(patchOf(clusterFormOf({ ...DEFAULT_SWEEP, pca })).pca).toBe(pca),
  );
  it.each([100, 2000, Infinity])('gives back a sample of %d', (silhouetteSample) =>
    expect(patchOf(clusterFormOf({ ...DEFAULT_SWEEP, silhouetteSample }))).toMatchObject({
      silhouetteSample,
    }),
  );
  it('says all there is to say, and lets k be chosen anew', () => {
    const { seed, kMin, kMax, nInit, scaling, engine } = DEFAULT_SWEEP;
    expect(patchOf(form)).toMatchObject({ seed, kMin, kMax, nInit, scaling, engine, k: null });
  });
});

describe('sameForm', () => {
  it('tells a changed form from an untouched one, by the fields in use', () => {
    expect(sameForm(form, { ...form })).toBe(true);
    expect(sameForm(form, { ...form, reduction: 'dimensions' })).toBe(false);
    expect(sameForm(form, { ...form, dimensions: 3 })).toBe(true);
    expect(sameForm(form, { ...form, nInit: 9 })).toBe(false);
    expect(sameForm({ ...form, exact: true }, { ...form, exact: true, sample: 500 })).toBe(true);
  });
});
