import { describe, expect, it } from 'vitest';
import type { Sweep } from '../../domain/clustering';
import type { EmbedEvent } from '../../domain/progress';
import type { Counts } from '../../domain/project';
import type { Timing } from '../../domain/timing';
import { EmbedClock, timingOf, timings, timingsFrom } from './timings.svelte';

const timing: Timing = {
  kind: 'cluster',
  at: 5,
  n: 1000,
  seconds: 2.5,
  engine: 'cpu',
  device: '',
  network: '',
  d: 512,
  kMin: 5,
  kMax: 30,
  starts: 4,
  browser: 'abc',
};

describe('what is kept', () => {
  it('comes back as it was', () => {
    expect(timingsFrom(JSON.stringify([timing]), 'xyz')).toEqual([timing]);
  });

  it('is read field by field, and dropped where it makes no sense', () => {
    const strange = [
      null,
      7,
      'x',
      {},
      { ...timing, n: -1 },
      { ...timing, seconds: 'NaN' },
      { ...timing, kind: 'other' },
    ];
    const read = (value: unknown): Timing[] => timingsFrom(JSON.stringify(value), 'xyz');
    expect(read([...strange, { ...timing, extra: 1, device: 3 }])).toEqual([timing]);
    for (const text of [null, '', '{', '{"a":1}', '7']) expect(timingsFrom(text, 'xyz')).toEqual([]);
    expect(read([{ ...timing, engine: 'x'.repeat(9999) }])[0].engine).toHaveLength(200);
    expect(read([{ ...timing, browser: undefined }])[0].browser).toBe('xyz');
  });

  it('does not grow without end, and can be forgotten and taken back', () => {
    for (let i = 0; i < 310; i++) timings.add({ ...timing, n: i + 1 });
    expect(timings.all).toHaveLength(300);
    expect(timings.all[0].n).toBe(11);
    const undo = timings.clear();
    expect(timings.all).toEqual([]);
    undo();
    expect(timings.all).toHaveLength(300);
    timings.clear();
  });
});

describe('the time of a clustering', () => {
  const sweep = {
    clusterings: [{ k: 5 }, { k: 6 }],
    n: 120,
    without: 20,
    d: 512,
    pca: null,
    nInit: 4,
    seconds: 1.5,
    engine: 'webgpu',
    adapter: 'nvidia',
  } as Sweep;

  it('counts the images with a vector, and the numbers after a reduction', () => {
    expect(timingOf(sweep, 9)).toMatchObject({
      n: 100,
      d: 512,
      kMin: 5,
      kMax: 6,
      starts: 4,
      device: 'nvidia',
      at: 9,
      browser: timings.browser,
    });
    expect(timings.browser).toMatch(/^\w+$/);
    expect(timingOf({ ...sweep, pca: 34, engine: 'cpu' }, 9)).toMatchObject({ d: 34, device: '' });
  });

  it('is not taken of labels by a model, nor of nothing', () => {
    expect(timingOf({ ...sweep, model: { name: 'm', savedAt: '' } }, 9)).toBeNull();
    expect(timingOf({ ...sweep, clusterings: [] }, 9)).toBeNull();
  });
});

describe('the time of embedding', () => {
  const counts = (embedded: number, waiting = 0) => ({ embedded, waiting }) as Counts;
  const progress = (embedded: number, state: 'running' | 'paused' = 'running'): EmbedEvent => ({
    type: 'progress',
    progress: { state, counts: counts(embedded), rate: null, secondsLeft: null },
  });
  const finished = (embedded: number, waiting = 0): EmbedEvent => ({
    type: 'finished',
    counts: counts(embedded, waiting),
    seconds: { read: 0, decode: 0, resize: 0, infer: 0, store: 0 },
    wallSeconds: 12,
  });
  const backend = { type: 'backend', info: { backend: 'wasm', device: 'CPU' } } as EmbedEvent;
  const follow = (...events: EmbedEvent[]): (Timing | null)[] => {
    const clock = new EmbedClock();
    return events.map((event) => clock.take(event, { projectId: 'p', network: 'ResNet-18', at: 9 }));
  };

  it('is that of the images of this run', () => {
    const found = follow(progress(100), backend, progress(150), finished(300));
    expect(found.slice(0, 3)).toEqual([null, null, null]);
    expect(found[3]).toMatchObject({
      kind: 'embed',
      n: 200,
      seconds: 12,
      engine: 'wasm',
      device: '',
      network: 'ResNet-18',
    });
  });

  it('is not taken of runs that were paused, ended or had nothing to do; the next run starts anew', () => {
    expect(follow(progress(0), progress(5, 'paused'), finished(9))[2]).toBeNull();
    expect(follow(progress(0), finished(9, 4))[1]).toBeNull();
    expect(follow(progress(9), finished(9), progress(9), finished(20)).at(-1)?.n).toBe(11);
    expect(follow(finished(9))[0]).toBeNull();
    const failed = { type: 'failed', error: { name: '', code: 'store', message: '' } } as EmbedEvent;
    expect(follow(progress(0), progress(50), failed, progress(50), finished(60)).at(-1)?.n).toBe(10);
  });

  it('is kept apart for each project', () => {
    const clock = new EmbedClock();
    const at = (projectId: string) => ({ projectId, network: '', at: 9 });
    clock.take(progress(0), at('a'));
    clock.take(progress(500), at('b'));
    expect(clock.take(finished(600), at('b'))?.n).toBe(100);
    expect(clock.take(finished(600), at('a'))).toBeNull();
  });
});
