import { describe, expect, it } from 'vitest';
import { planRuns, RUN_WORDS, type RunPlan } from './plan';

/** [group, first centre, k, place, first part, parts] of each run. */
function runsOf({ words }: RunPlan): number[][] {
  return Array.from({ length: words.length / RUN_WORDS }, (_, g) => [
    g,
    ...words.subarray(g * RUN_WORDS, (g + 1) * RUN_WORDS),
  ]).filter((run) => run[5] > 0);
}

describe('runs of parts', () => {
  const first = Uint32Array.of(0, 4, 4, 5, 9);

  it('takes all groups at once where there is room', () => {
    const all = { fromGroup: 0, toGroup: 4 };
    const plans = [...planRuns(first, all, Uint32Array.of(2, 3, 1, 5), 10, 1e6)];
    expect(plans.map(runsOf)).toEqual([
      [
        [0, 0, 2, 0, 0, 4],
        [2, 5, 1, 80, 4, 1],
        [3, 6, 5, 90, 5, 4],
      ],
    ]);
    expect(plans[0]).toMatchObject({ fromPart: 0, toPart: 9, room: 290 });
  });

  it('splits a group where its sums do not fit, and leaves groups out', () => {
    const all = { fromGroup: 0, toGroup: 4 };
    const plans = [...planRuns(first, all, Uint32Array.of(2, 0, 0, 3), 10, 65)];
    expect(plans.map(runsOf)).toEqual([
      [[0, 0, 2, 0, 0, 3]],
      [
        [0, 0, 2, 0, 3, 1],
        [3, 2, 3, 20, 5, 1],
      ],
      [[3, 2, 3, 0, 6, 2]],
      [[3, 2, 3, 0, 8, 1]],
    ]);
    expect(plans.map(({ fromPart, toPart }) => [fromPart, toPart])).toEqual([
      [0, 3],
      [3, 6],
      [6, 8],
      [8, 9],
    ]);
  });

  it('takes one part at a time where even that is too much, and nothing where there is nothing', () => {
    const one = { fromGroup: 3, toGroup: 4 };
    expect([...planRuns(first, one, Uint32Array.of(0, 0, 0, 9), 10, 1)].map(runsOf)).toEqual([
      [[3, 0, 9, 0, 5, 1]],
      [[3, 0, 9, 0, 6, 1]],
      [[3, 0, 9, 0, 7, 1]],
      [[3, 0, 9, 0, 8, 1]],
    ]);
    expect([...planRuns(first, { fromGroup: 1, toGroup: 2 }, Uint32Array.of(1, 1, 1, 1), 10, 1e6)]).toEqual(
      [],
    );
  });
});
