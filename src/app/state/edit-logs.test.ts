import { expect, it } from 'vitest';
import type { Clustering } from '../../domain/clustering';
import { withEdit } from '../../domain/edit-log';
import type { EditLog } from '../../domain/edits';
import {
  freshLog,
  goesOnFrom,
  isOfModel,
  logIn,
  logsOf,
  NO_LOGS,
  othersOf,
  withLog,
  withoutLog,
} from './edit-logs';

const base = { k: 2, labels: Uint16Array.of(0, 1) } as Clustering;
const fresh = (sweep: string, specKey = 'd'): EditLog => freshLog({ sweep, specKey }, base, new Map());
const edited = (sweep: string, at: number, specKey = 'd'): EditLog =>
  withEdit(fresh(sweep, specKey), { kind: 'merge', clusters: [0, 1], into: 0 }, at);

it('finds the log of a sweep and k, and replaces it without touching what was given', () => {
  const logs = logsOf([edited('a', 1)]);
  const more = withLog(withLog(logs, fresh('b')), fresh('a'));
  expect(logIn(logs, 'a', 2)?.done).toBe(1);
  expect(logIn(more, 'a', 2)?.done).toBe(0);
  expect(logIn(more, 'a', 3)).toBeNull();
  expect(logIn(withoutLog(more, { sweep: 'b', k: 2 }), 'b', 2)).toBeNull();
  expect([logs.size, more.size, NO_LOGS.size]).toEqual([1, 2, 0]);
});

it('tells of what is kept beside the clustering in use, the latest first', () => {
  const own = edited('own', 9);
  const settled = { ...edited('settled', 8), settled: true };
  const logs = logsOf([
    edited('early', 1),
    own,
    settled,
    edited('late', 5),
    fresh('empty'),
    edited('other', 7, 'e'),
  ]);
  expect(othersOf(logs, own, 'd').map(({ sweep }) => sweep)).toEqual(['late', 'early']);
  expect(isOfModel(fresh('model|d|then|mine'))).toBe(true);
  expect(isOfModel(fresh('d|60'))).toBe(false);
});

it('knows whether a log goes on from another', () => {
  const one = edited('a', 1);
  const two = withEdit(one, { kind: 'move', rows: Uint32Array.of(0), to: null }, 2);
  expect(goesOnFrom(two, one)).toBe(true);
  expect(goesOnFrom(one, two)).toBe(false);
  expect(goesOnFrom(edited('a', 1), one)).toBe(false);
  expect(goesOnFrom(null, one)).toBe(false);
});
