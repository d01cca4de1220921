import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_CLUSTER as X } from '../../domain/clustering';
import { replay } from '../../domain/edit-log';
import type { Edit, EditLog } from '../../domain/edits';
import { takenOver } from './take-over';

const u16 = (...labels: number[]): Uint16Array => Uint16Array.from(labels);
const rows = (...of: number[]): Uint32Array => Uint32Array.from(of);
const note = (name: string) => ({ name, note: '' });

function earlier(base: Uint16Array, k: number, edits: Edit[]): EditLog {
  const logged = edits.map((edit, at) => ({ ...edit, at }));
  return {
    version: 1,
    sweep: 's',
    specKey: 'd',
    k,
    base,
    names: new Map(),
    edits: logged,
    done: edits.length,
  };
}
function onto(log: EditLog, labels: Uint16Array, k: number) {
  const edits = takenOver(log, { labels, log: { k, names: new Map(), edits: [] }, names: new Map() });
  return { edits, labels: [...replay(labels, k, edits).labels] };
}

describe('takenOver', () => {
  it('merges what lies together within the merged, newcomers with it', () => {
    const log = earlier(u16(0, 0, 0, 1, 1, 2, 2), 3, [{ kind: 'merge', clusters: [0, 1], into: 0 }]);
    // Numbered otherwise, with three more images.
    const { edits, labels } = onto(log, u16(2, 2, 2, 0, 0, 1, 1, 0, 1, 2), 3);
    expect(edits).toEqual([{ kind: 'merge', clusters: [2, 0], into: 2 }]);
    expect(labels).toEqual([2, 2, 2, 2, 2, 1, 1, 2, 1, 2]);
  });

  it('moves single images, and leaves newcomers', () => {
    const log = earlier(u16(0, 0, 0, 1, 1, 1), 2, [{ kind: 'move', rows: rows(0), to: 1 }]);
    const { edits, labels } = onto(log, u16(1, 1, 1, 0, 0, 0, 1), 2);
    expect(edits).toEqual([{ kind: 'move', rows: rows(0), to: 0 }]);
    expect(labels).toEqual([0, 1, 1, 0, 0, 0, 1]);
  });

  it('makes a split again where the new clustering has none, and takes images out', () => {
    const log = earlier(u16(0, 0, 0, 0, 1, 1), 2, [
      { kind: 'split', cluster: 0, parts: [{ cluster: 2, rows: rows(3) }], seed: 1 },
      { kind: 'move', rows: rows(4), to: null },
    ]);
    expect(onto(log, u16(0, 0, 0, 0, 1, 1), 2).labels).toEqual([0, 0, 0, 2, X, 1]);
  });

  it('takes names to where the cluster went, but not over a name that is there', () => {
    const log = earlier(u16(0, 0, 1, 1), 2, [{ kind: 'name', cluster: 0, note: note('hens') }]);
    expect(onto(log, u16(1, 1, 0, 0), 2).edits).toEqual([{ kind: 'name', cluster: 1, note: note('hens') }]);
    const names = new Map([[1, note('birds')]]);
    expect(takenOver(log, { labels: u16(1, 1, 0, 0), log: { k: 2, names, edits: [] }, names })).toEqual([]);
  });

  it('has nothing to do where all is together already', () => {
    const log = earlier(u16(0, 0, 1, 1), 2, [{ kind: 'merge', clusters: [0, 1], into: 0 }]);
    expect(onto(log, u16(0, 0, 0, 0), 1).edits).toEqual([]);
  });

  it('keeps together and apart, by image, what was edited to be so', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(3), fc.nat(4)), { minLength: 4, maxLength: 30 }),
        fc.array(fc.tuple(fc.nat(29), fc.nat(5)), { maxLength: 6 }),
        (pairs, moves) => {
          const base = Uint16Array.from(pairs, ([old]) => old);
          const next = Uint16Array.from(pairs, ([, now]) => now);
          const edits = moves.map(([row, to]): Edit => ({ kind: 'move', rows: rows(row % base.length), to }));
          const log = earlier(base, 4, edits);
          const before = replay(base, 4, edits).labels;
          const { labels } = onto(log, next, 5);
          const touched = new Set([...before].filter((label, row) => label !== base[row]));
          for (const cluster of touched) {
            const of = [...before.keys()].filter((row) => before[row] === cluster);
            const now = new Set(of.map((row) => labels[row]));
            expect(now.size).toBe(1);
            const [home] = now;
            for (const other of touched)
              if (other !== cluster)
                expect(labels[[...before.keys()].find((row) => before[row] === other)!]).not.toBe(home);
          }
        },
      ),
    ));
});
