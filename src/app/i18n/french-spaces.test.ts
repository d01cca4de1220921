import { expect, it } from 'vitest';
import { unbroken, withUnbrokenSpaces } from './french-spaces';
import { connect } from './fr/connect';
import { metadata } from './fr/metadata';
import { queue } from './fr/queue';

it.each([
  ['Prêt : oui', 'Prêt\u00a0: oui'],
  ['Vraiment ?', 'Vraiment\u202f?'],
  ['écrits ; rien', 'écrits\u202f; rien'],
  ['« a b »', '«\u00a0a b\u00a0»'],
  ['modifié :', 'modifié\u00a0:'],
  ['a:b http://x ?y=1 :-)', 'a:b http://x ?y=1 :-)'],
  ['', ''],
])('%j becomes %j', (text, expected) => expect(unbroken(text)).toBe(expected));

it('goes through texts, functions and lists at any depth', () => {
  const messages = { a: 'x !', b: { c: (n: number) => `${n} ?`, d: ['y ;'] }, e: (n: number) => n, f: null };
  const after = withUnbrokenSpaces(messages);
  expect([after.a, after.b.c(3), after.b.d[0], after.e(4), after.f]).toEqual([
    'x\u202f!',
    '3\u202f?',
    'y\u202f;',
    4,
    null,
  ]);
});

it('leaves no space at which such a mark would begin a line', () => {
  const breaks = / [;?!:](\s|$)|« | »/;
  const { connect: c, queue: q, metadata: m } = withUnbrokenSpaces({ connect, queue, metadata });
  for (const text of [
    c.fields,
    c.corsText,
    c.noVectorField,
    q.label(1, 2),
    q.removed('a'),
    m.join.rate(1, 2),
  ])
    expect(text).not.toMatch(breaks);
  expect(connect.fields).toMatch(breaks);
});
