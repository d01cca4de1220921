import { describe, expect, it } from 'vitest';
import { mapMode, pickItem } from './picking';

const plain = { shift: false, ctrl: false, toggles: false };

describe('pickItem', () => {
  it('takes one item alone', () => {
    expect(pickItem(5, 2, plain)).toEqual({ from: 5, to: 5, mode: 'replace', anchor: 5 });
  });

  it('toggles one with Ctrl, touch or the space key', () => {
    expect(pickItem(5, 2, { ...plain, ctrl: true }).mode).toBe('toggle');
    expect(pickItem(5, 2, { ...plain, toggles: true }).mode).toBe('toggle');
  });

  it('takes the range from the anchor with shift, in both directions, and keeps the anchor', () => {
    expect(pickItem(5, 2, { ...plain, shift: true })).toEqual({ from: 2, to: 5, mode: 'replace', anchor: 2 });
    expect(pickItem(1, 4, { ...plain, shift: true })).toEqual({ from: 1, to: 4, mode: 'replace', anchor: 4 });
    expect(pickItem(5, 2, { ...plain, shift: true, ctrl: true }).mode).toBe('add');
  });

  it('takes one item when there is no anchor for a range', () => {
    expect(pickItem(5, null, { ...plain, shift: true })).toEqual({
      from: 5,
      to: 5,
      mode: 'replace',
      anchor: 5,
    });
  });
});

describe('mapMode', () => {
  it.each([
    [false, false, false, 'replace'],
    [true, false, false, 'add'],
    [false, true, false, 'subtract'],
    [false, false, true, 'subtract'],
  ])('shift %s, ctrl %s, meta %s: %s', (shiftKey, ctrlKey, metaKey, mode) => {
    expect(mapMode({ shiftKey, ctrlKey, metaKey })).toBe(mode);
  });
});
