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
  const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
  it.each([
    [{}, 'replace'],
    [{ shiftKey: true }, 'add'],
    [{ ctrlKey: true }, 'subtract'],
    [{ metaKey: true }, 'subtract'],
    [{ altKey: true }, 'subtract'],
  ])('%o: %s', (keys, mode) => {
    expect(mapMode({ ...none, ...keys })).toBe(mode);
  });

  it('does what was chosen on the screen, unless a key says otherwise', () => {
    expect(mapMode(none, 'add')).toBe('add');
    expect(mapMode({ ...none, shiftKey: true }, 'subtract')).toBe('add');
    expect(mapMode({ ...none, altKey: true }, 'add')).toBe('subtract');
  });
});
