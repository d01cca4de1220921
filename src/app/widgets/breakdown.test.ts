import { describe, expect, it } from 'vitest';
import { countByCluster } from './breakdown';

describe('countByCluster', () => {
  it('counts rows by cluster, the fullest first', () => {
    const labels = new Uint16Array([0, 2, 2, 1, 0]);
    expect(countByCluster(new Uint32Array([0, 1, 2, 3, 9]), labels, 4)).toEqual([
      { cluster: 2, count: 2 },
      { cluster: 0, count: 1 },
      { cluster: 1, count: 1 },
    ]);
    expect(countByCluster(new Uint32Array(), labels, 3)).toEqual([]);
  });
});
