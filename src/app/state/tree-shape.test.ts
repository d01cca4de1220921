import { describe, expect, it } from 'vitest';
import { proposedShape, wrongShape } from './tree-shape';

describe('proposedShape', () => {
  it.each([
    [0, 2, 8],
    [1, 2, 8],
    [520, 4, 8],
    [3000, 7, 15],
    [30_000, 14, 64],
    [416_314, 16, 64],
  ])('for %d images: %d children, nodes of %d', (n, branching, minimumSize) => {
    expect(proposedShape(n)).toEqual({ branching, depth: 3, minimumSize });
    expect(wrongShape(proposedShape(n)).size).toBe(0);
  });
});

describe('wrongShape', () => {
  const good = { branching: 16, depth: 3, minimumSize: 64 };
  it.each([
    [{ branching: 1 }, ['branching']],
    [{ branching: 65 }, ['branching']],
    [{ branching: 2.5 }, ['branching']],
    [{ depth: 0, minimumSize: null }, ['depth', 'minimumSize']],
    [{}, []],
  ])('%j', (change, wrong) => expect([...wrongShape({ ...good, ...change })]).toEqual(wrong));
});
