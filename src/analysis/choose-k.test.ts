import { expect, it } from 'vitest';
import { chooseK, type KScores } from './choose-k';

function scores(
  ...rows: [k: number, inertia: number, silhouette: number, ch: number, db: number][]
): KScores[] {
  return rows.map(([k, inertia, silhouette, calinskiHarabasz, daviesBouldin]) => ({
    k,
    inertia,
    silhouette,
    calinskiHarabasz,
    daviesBouldin,
  }));
}

it('takes the highest silhouette, and names the others', () => {
  const choice = chooseK(
    scores([2, 100, 0.3, 50, 1.2], [3, 40, 0.5, 70, 1.4], [4, 35, 0.4, 90, 0.8], [5, 30, 0.1, 60, 2]),
  );
  expect(choice).toEqual({ k: 3, runnerUp: 4, elbow: 3, byCalinskiHarabasz: 4, byDaviesBouldin: 4 });
});

it('takes the smallest of equals', () => {
  const choice = chooseK(scores([2, 9, 0.2, 5, 1], [3, 5, 0.2, 5, 1], [4, 4, 0.2, 5, 1]));
  expect(choice).toMatchObject({ k: 2, runnerUp: 3, byCalinskiHarabasz: 2, byDaviesBouldin: 2 });
});

it('has no elbow with two k, on a straight line, or where inertia does not fall', () => {
  expect(chooseK(scores([2, 9, 0, 0, 0], [3, 5, 0, 0, 0])).elbow).toBeNull();
  expect(chooseK(scores([2, 9, 0, 0, 0], [3, 6, 0, 0, 0], [4, 3, 0, 0, 0])).elbow).toBeNull();
  expect(chooseK(scores([2, 0, 0, 0, 0], [3, 0, 0, 0, 0], [4, 0, 0, 0, 0])).elbow).toBeNull();
});

it('leaves everything but k open with a single candidate', () => {
  const nothing = { runnerUp: null, elbow: null, byCalinskiHarabasz: null, byDaviesBouldin: null };
  expect(chooseK(scores([7, 1, 0.5, 2, 3]))).toEqual({ k: 7, ...nothing });
  expect(chooseK([])).toEqual({ k: 1, ...nothing });
});
