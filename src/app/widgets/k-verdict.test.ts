import { describe, expect, it } from 'vitest';
import type { Clustering, KChoice } from '../../domain/clustering';
import { structureOf, verdictOf } from './k-verdict';

function scored(k: number, silhouette: number, silhouetteError: number): Clustering {
  return {
    k,
    labels: new Uint16Array(),
    centroids: new Float32Array(),
    distances: new Float32Array(),
    sizes: new Uint32Array(),
    iterations: 1,
    inertia: 1,
    silhouette,
    silhouetteError,
    silhouetteSample: 1,
    calinskiHarabasz: 1,
    daviesBouldin: 1,
  };
}

const choice: KChoice = { k: 9, runnerUp: 12, elbow: 9, byCalinskiHarabasz: 5, byDaviesBouldin: 14 };

describe('verdictOf', () => {
  it('names who agrees and who does not', () => {
    const verdict = verdictOf({ clusterings: [scored(9, 0.4, 0.01), scored(12, 0.3, 0.01)], choice });
    expect(verdict).toEqual({
      k: 9,
      silhouette: 0.4,
      runnerUp: 12,
      tie: false,
      agree: ['elbow'],
      disagree: [
        { criterion: 'calinskiHarabasz', k: 5 },
        { criterion: 'daviesBouldin', k: 14 },
      ],
    });
  });

  it('calls it a tie within the standard error', () => {
    expect(verdictOf({ clusterings: [scored(9, 0.4, 0.05), scored(12, 0.35, 0.05)], choice })?.tie).toBe(
      true,
    );
    expect(verdictOf({ clusterings: [scored(9, 0.4, 0), scored(12, 0.4, 0)], choice })?.tie).toBe(true);
  });

  it('stands without a runner-up and without other scores', () => {
    const alone: KChoice = {
      k: 2,
      runnerUp: null,
      elbow: null,
      byCalinskiHarabasz: null,
      byDaviesBouldin: null,
    };
    expect(verdictOf({ clusterings: [scored(2, 0.1, 0)], choice: alone })).toMatchObject({
      runnerUp: null,
      tie: false,
      agree: [],
      disagree: [],
    });
  });

  it('says nothing when the chosen k was not fitted', () => {
    expect(verdictOf({ clusterings: [], choice })).toBeNull();
  });
});

describe('structureOf', () => {
  it.each([
    [0.71, 'strong'],
    [0.7, 'reasonable'],
    [0.5, 'weak'],
    [0.25, 'none'],
    [-0.2, 'none'],
  ])('%s is %s', (silhouette, structure) => expect(structureOf(silhouette)).toBe(structure));
});
