import { describe, expect, it } from 'vitest';
import { contrast, parseHex } from '../state/colour';
import { CLUSTER_COLOURS } from '../state/palette';
import { inkOn } from './ink';

describe('inkOn', () => {
  it('takes white on dark and black on light', () => {
    expect(inkOn('#2d12a7')).toBe('#ffffff');
    expect(inkOn('#fed392')).toBe('#000000');
  });

  it.each([...CLUSTER_COLOURS.light, ...CLUSTER_COLOURS.dark])('keeps numbers readable on %s', (hex) => {
    expect(contrast(parseHex(hex), parseHex(inkOn(hex)))).toBeGreaterThanOrEqual(4.5);
  });
});
