import { describe, expect, it } from 'vitest';
import { drawnTree } from '../../../../test/harness/drawn-tree';
import { placeOf } from '../../state/tree-walk';
import { openTo, outlineMove, outlineOf, type OutlineMove } from './outline-list';

// root -> 0 (0, 1), 1, 2
const tree = drawnTree(12, [6, 4, 2], [[4, 2], [], []]);
const at = (id: string): number => placeOf(tree, id);
const ids = (places: readonly number[]): string[] => places.map((place) => tree.nodes[place].id);
const all = new Set([at('root'), at('0')]);

describe('outlineOf', () => {
  it('shows children below what is open', () => {
    expect(ids(outlineOf(tree, new Set()))).toEqual(['root']);
    expect(ids(outlineOf(tree, new Set([0])))).toEqual(['root', 'root-0', 'root-1', 'root-2']);
    expect(ids(outlineOf(tree, all))).toEqual(['root', 'root-0', 'root-0-0', 'root-0-1', 'root-1', 'root-2']);
    expect(ids(outlineOf(tree, new Set([at('0')])))).toEqual(['root']);
  });

  it('takes tens of thousands of children', () => {
    const sizes = Array<number>(40_000).fill(1);
    const wide = drawnTree(40_000, sizes, []);
    expect(outlineOf(wide, new Set([0]))).toHaveLength(40_001);
  });

  it('opens what leads to a node, and leaves the rest as it is', () => {
    expect(openTo(tree, at('0-1'), new Set())).toEqual(all);
    expect(openTo(tree, at('0-1'), all)).toBe(all);
    expect(openTo(tree, 0, new Set()).size).toBe(0);
  });
});

describe('outlineMove', () => {
  const shown = outlineOf(tree, all);
  const move = (id: string, key: string): OutlineMove | null => outlineMove(tree, shown, all, at(id), key, 2);
  const focus = (id: string): OutlineMove => ({ kind: 'focus', place: at(id) });

  it.each([
    ['root', 'ArrowDown', 'root-0'],
    ['root-0-1', 'ArrowDown', 'root-1'],
    ['root-1', 'ArrowUp', 'root-0-1'],
    ['root-0', 'ArrowRight', 'root-0-0'],
    ['root-0-0', 'ArrowLeft', 'root-0'],
    ['root-1', 'ArrowLeft', 'root'],
    ['root-1', 'Home', 'root'],
    ['root', 'End', 'root-2'],
    ['root', 'PageDown', 'root-0-0'],
    ['root-2', 'PageUp', 'root-0-1'],
  ])('from %s, %s leads to %s', (from, key, to) => expect(move(from, key)).toEqual(focus(to)));

  it.each([
    ['root-2', 'ArrowDown'],
    ['root', 'ArrowUp'],
    ['root-1', 'ArrowRight'],
    ['root-1', 'Enter'],
  ])('from %s, %s leads nowhere', (from, key) => expect(move(from, key)).toBeNull());

  it('opens and closes', () => {
    expect(move('root-0', 'ArrowLeft')).toEqual({ kind: 'close', places: [at('0')] });
    expect(outlineMove(tree, [0], new Set(), 0, 'ArrowRight', 5)).toEqual({ kind: 'open', places: [0] });
    expect(outlineMove(tree, [0], new Set(), 0, 'ArrowLeft', 5)).toBeNull();
    expect(move('root-1', '*')).toEqual({ kind: 'open', places: [at('0'), at('1'), at('2')] });
  });
});
