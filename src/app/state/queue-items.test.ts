import { describe, expect, it } from 'vitest';
import type { EmbedProgress } from '../../domain/progress';
import type { Counts, Project } from '../../domain/project';
import { RAW_PIXELS } from '../../domain/spec';
import type { QueuedSet } from '../../jobs/queue';
import { itemsOf, placeAfterStep, secondsForAll, setsAhead, type QueueNews } from './queue-items';

const COUNTS: Counts = {
  announced: 100,
  bytes: 1000,
  waiting: 20,
  embedded: 0,
  duplicates: 0,
  skipped: 0,
  missing: 80,
};

const project = (id: string): Project => ({
  id,
  name: `set ${id}`,
  createdAt: 0,
  updatedAt: 0,
  spec: RAW_PIXELS,
  backend: 'auto',
  seed: 1,
  k: null,
  kMin: 2,
  kMax: 5,
});
const set = (
  id: string,
  entry: Partial<QueuedSet['entry']> = {},
  counts: Partial<Counts> = {},
): QueuedSet => ({
  project: project(id),
  counts: { ...COUNTS, ...counts },
  storedBytes: 0,
  entry: { projectId: id, position: 0, paused: false, ...entry },
});
const running: EmbedProgress = {
  state: 'running',
  counts: { ...COUNTS, waiting: 60, embedded: 40, missing: 0 },
  rate: 10,
  secondsLeft: 6,
};
const news = (more: Partial<QueueNews> = {}): QueueNews => ({
  turn: null,
  progress: {},
  kept: {},
  reading: null,
  clustering: null,
  isFull: false,
  isAtHand: () => false,
  ...more,
});

describe('a set in the panel', () => {
  it('is paused while there is no space, whatever would be its turn, unless it is done or has failed', () => {
    const failure = { name: 'TesseraError', code: 'model-run', message: 'no', params: {} } as const;
    const sets = [set('a'), set('b'), set('c', { failure }), set('d', { embeddedAt: 1, clusteredAt: 2 })];
    const items = itemsOf(sets, news({ isFull: true, reading: 'b' }));
    expect(items.map(({ state }) => state)).toEqual(['paused', 'paused', 'failed', 'done']);
    expect(setsAhead(items, project('b')), 'it does not wait for the others').toBeNull();
    expect(secondsForAll(items)).toBeNull();
  });

  it('has the state that holds for it', () => {
    const failure = { name: 'TesseraError', code: 'model-run', message: 'no', params: {} } as const;
    const sets = [
      set('a'),
      set('b'),
      set('c'),
      set('d', { paused: true }),
      set('e', { held: true }),
      set('f', { failure, embeddedAt: 1 }),
      set('g', { embeddedAt: 1 }),
      set('h', { embeddedAt: 1, clusteredAt: 2 }),
    ];
    const items = itemsOf(
      sets,
      news({
        turn: { projectId: 'a', step: 'embed' },
        progress: { a: running },
        reading: 'b',
      }),
    );
    expect(items.map(({ state }) => state)).toEqual([
      'embedding',
      'reading',
      'waiting',
      'paused',
      'paused',
      'failed',
      'embedded',
      'done',
    ]);
    expect(items[0]).toMatchObject({ fraction: 0.4, rate: 10, secondsLeft: 6, missing: 0 });
    expect(items[5].failure).toBe(failure);
  });

  it('is paused where it is, and clusters when embedded', () => {
    const paused = { ...running, state: 'paused' } as const;
    const turn = { projectId: 'a', step: 'embed' } as const;
    const at = news({ turn, progress: { a: paused } });
    expect(itemsOf([set('a', { paused: true })], at)[0].state).toBe('paused');
    const clustering = { stage: 'kmeans', fraction: 0.25, secondsLeft: 9 } as const;
    const then = news({ turn: { projectId: 'a', step: 'cluster' }, clustering });
    expect(itemsOf([set('a', { embeddedAt: 1 })], then)[0]).toMatchObject({
      state: 'clustering',
      fraction: 0.25,
      secondsLeft: 9,
    });
  });

  it('tells what has to be dropped again only when it is not at hand', () => {
    expect(itemsOf([set('a')], news())[0]).toMatchObject({ missing: 80, counts: { waiting: 20 } });
    const [item] = itemsOf([set('a')], news({ isAtHand: () => true }));
    expect(item).toMatchObject({ missing: 0, counts: { waiting: 100 } });
    const kept = { a: { ...COUNTS, waiting: 100, missing: 0 } };
    expect(itemsOf([set('a')], news({ kept }))[0].counts.waiting).toBe(100);
  });
});

describe('the whole queue', () => {
  const sets = [set('a'), set('b', {}, { waiting: 40 }), set('c', { paused: true }, { waiting: 1000 })];
  it('is estimated by the rate of the set that runs', () => {
    expect(secondsForAll(itemsOf(sets, news()))).toBeNull();
    const turn = { projectId: 'a', step: 'embed' } as const;
    const items = itemsOf(sets, news({ turn, progress: { a: running } }));
    expect(secondsForAll(items)).toBe(10);
  });

  it('knows how many come before one', () => {
    const turn = { projectId: 'b', step: 'embed' } as const;
    const items = itemsOf(sets, news({ turn, progress: { b: running } }));
    expect(setsAhead(items, project('a'))).toBe(1);
    expect(setsAhead(items, project('b'))).toBeNull();
    expect(setsAhead(items, project('c'))).toBeNull();
    expect(setsAhead(items, null)).toBeNull();
    expect(setsAhead(itemsOf(sets, news()), project('b'))).toBe(1);
  });

  it('is moved by one place at a time', () => {
    const ids = ['a', 'b', 'c'];
    expect(placeAfterStep(ids, 'a', -1)).toBeUndefined();
    expect(placeAfterStep(ids, 'a', 1)).toBe('c');
    expect(placeAfterStep(ids, 'b', 1)).toBeNull();
    expect(placeAfterStep(ids, 'c', -1)).toBe('b');
    expect(placeAfterStep(ids, 'c', 1)).toBeUndefined();
    expect(placeAfterStep(ids, 'x', 1)).toBeUndefined();
  });
});
