import { beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../../test/fresh-database';
import { MOST_TIMINGS, type Timing } from '../../domain/timing';
import { RAW_PIXELS } from '../../domain/spec';
import { addTiming, createProject, listProjects, openProject, timingsOf } from '../../jobs/projects';
import { newProjectFields } from './new-project';
import { allTimings, forgetTimings, rememberTiming } from './project-timings';
import { timings } from './timings.svelte';

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

const made = async (): Promise<string> =>
  (await createProject({ ...newProjectFields('timed'), spec: RAW_PIXELS })).id;

beforeEach(async () => {
  await freshDatabase();
  timings.clear();
});

describe('the times of a project', () => {
  it('are kept with it and in this browser, and shown once', async () => {
    const id = await made();
    rememberTiming(id, timing);
    await expect.poll(() => timingsOf(id)).toEqual([timing]);
    expect(timings.all).toEqual([timing]);
    expect(allTimings(timings.all, await timingsOf(id))).toEqual([timing]);
  });

  it('stand beside those of this browser in order of time', () => {
    const elsewhere = { ...timing, at: 3, browser: 'other' };
    expect(allTimings([timing], [elsewhere, timing]).map(({ browser }) => browser)).toEqual(['other', 'abc']);
  });

  it('are the latest of too many, and no use of the project', async () => {
    const id = await made();
    const used = async () => (await listProjects()).map(({ project }) => project.updatedAt);
    const before = await used();
    for (let n = 1; n <= MOST_TIMINGS + 2; n++) await addTiming(id, { ...timing, n });
    const kept = await timingsOf(id);
    expect([kept.length, kept[0].n]).toEqual([MOST_TIMINGS, 3]);
    expect(await used()).toEqual(before);
    await addTiming('nobody', timing);
    expect(await timingsOf('nobody')).toEqual([]);
  });

  it('are forgotten everywhere, and taken back', async () => {
    const session = { project: await openProject(await made()) };
    const { id } = session.project;
    rememberTiming(id, timing);
    await expect.poll(() => timingsOf(id)).toHaveLength(1);
    const undo = await forgetTimings(session);
    expect([timings.all, session.project.timings, await timingsOf(id)]).toEqual([[], [], []]);
    await undo();
    expect([timings.all, session.project.timings, await timingsOf(id)]).toEqual([
      [timing],
      [timing],
      [timing],
    ]);
  });
});
