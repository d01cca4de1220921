import { expect, it } from 'vitest';
import { SubmissionPace } from './submission-pace';

it('submits more at once while that is quick, and less when it is slow', () => {
  let time = 0;
  const pace = new SubmissionPace(() => time);
  const after = (milliseconds: number) => {
    time += milliseconds;
    return pace.next();
  };
  expect([after(0), after(2), after(3), after(20), after(60), after(100), after(100)]).toEqual([
    1, 2, 4, 4, 2, 1, 1,
  ]);
});
