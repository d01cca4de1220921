import { describe, expect, it } from 'vitest';
import type { Edit } from '../../domain/edits';
import { editWords } from '../state/edit-words';
import { editing as en } from './en/editing';
import { editing as fr } from './fr/editing';
import { editing as ru } from './ru/editing';

const rows = Uint32Array.of(1, 2, 3, 4, 5);
const names = new Map([[2, { name: 'hens', note: '' }]]);
const EDITS: Edit[] = [
  { kind: 'merge', clusters: [2, 7, 8], into: 2 },
  { kind: 'split', cluster: 2, parts: [{ cluster: 9, rows }], seed: 1 },
  { kind: 'move', rows, to: 2 },
  { kind: 'move', rows, to: 10 },
  { kind: 'move', rows: rows.slice(0, 1), to: null },
  { kind: 'name', cluster: 3, note: { name: 'cocks', note: '' } },
  { kind: 'name', cluster: 3, note: { name: '', note: '' } },
];

describe.each(Object.entries({ en, fr, ru }))('%s', (_, m) => {
  it('says each edit in other words, with its numbers and names', () => {
    const said = EDITS.map((edit, i) =>
      editWords(edit, { k: 9, edits: EDITS.slice(0, i) as never }, names, m),
    );
    expect(new Set(said).size).toBe(EDITS.length);
    expect(said[0]).toMatch(/7.*8.*2 \(hens\)/);
    expect(said[2]).toMatch(/5.*2 \(hens\)|2 \(hens\).*5/);
    expect(said[3]).toMatch(/10/);
    expect(said[5]).toMatch(/3.*cocks/);
  });
  it('names what is undone and done again, and what has no name', () => {
    expect(m.undo('x')).toContain('x');
    expect(m.undo('')).not.toMatch(/[::]/);
    expect(m.redone(null)).not.toContain('null');
    expect(m.kept(1)).not.toBe(m.kept(2).replace('2', '1'));
  });
});

it('tells a note from a name', () => {
  const named = [{ kind: 'name', cluster: 3, note: { name: 'cocks', note: '' }, at: 1 }] as const;
  const noted: Edit = { kind: 'name', cluster: 3, note: { name: 'cocks', note: 'loud' } };
  expect(editWords(noted, { k: 9, edits: named }, names, en)).toBe('note on cluster 3');
});

it('counts in Russian by the rules of the language', () => {
  expect([1, 3, 5].map((n) => ru.steps.split('4', n).split(' ').at(-1))).toEqual([
    'часть',
    'части',
    'частей',
  ]);
});
