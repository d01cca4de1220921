import { describe, expect, it } from 'vitest';
import { drawnSet } from '../../../test/harness/drawn-set';
import { isExact, silhouetteTime } from './exact-silhouette.svelte';

const { sweep } = drawnSet(3000);

describe('isExact', () => {
  it('when every image counted', () => {
    expect(isExact(sweep)).toBe(false);
    expect(isExact(drawnSet(50).sweep)).toBe(true);
  });
});

describe('silhouetteTime', () => {
  it('grows with the sample, up to all images', () => {
    const timed = { ...sweep, silhouetteSeconds: 4 };
    expect(silhouetteTime(timed, 1000)).toBe(2);
    expect(silhouetteTime(timed, Infinity)).toBe(6);
  });
  it('is not known before it was measured', () => {
    expect(silhouetteTime(sweep, 1000)).toBeNull();
    expect(silhouetteTime(null, 1000)).toBeNull();
  });
});
