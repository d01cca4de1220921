import { describe, expect, it } from 'vitest';
import { commandOf, KEYS, RAIL, type KeyPress } from './keys';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

describe('commandOf', () => {
  it.each([
    [press('z', { ctrlKey: true }), 'undo'],
    [press('Z', { metaKey: true }), 'undo'],
    [press('Z', { ctrlKey: true, shiftKey: true }), 'redo'],
    [press('z', { metaKey: true, shiftKey: true }), 'redo'],
    [press('y', { ctrlKey: true }), 'redo'],
    [press('y'), null],
    [press('Escape'), 'clear'],
    [press('/'), 'searchBox'],
    [press('f'), 'find'],
    [press('f', { ctrlKey: true }), null],
    [press('?', { shiftKey: true }), 'help'],
    [press('0'), null],
    [press('2'), 'clusters'],
    [press('2', { ctrlKey: true }), null],
    [press('z'), null],
    [press('/', { altKey: true }), null],
  ])('%o means %s', (key, expected) => expect(commandOf(key, false)).toBe(expected));

  it('leaves keys to a text field, except Escape', () => {
    expect(commandOf(press('/'), true)).toBeNull();
    expect(commandOf(press('z', { ctrlKey: true }), true)).toBeNull();
    expect(commandOf(press('Escape'), true)).toBe('clear');
  });

  it('does what the list of keys says', () => {
    for (const { keys, action } of KEYS) {
      const key = keys.at(-1) === 'Esc' ? 'Escape' : keys.at(-1)!.toLowerCase();
      const held = { ctrlKey: keys.includes('mod'), shiftKey: keys.includes('Shift') };
      expect(commandOf(press(key, held), false)).toBe(action);
    }
  });

  it('reaches every screen of the rail by its number', () => {
    expect(RAIL.map((_, i) => commandOf(press(String(i + 1)), false))).toEqual(RAIL);
    expect(RAIL.length).toBeLessThan(10);
  });
});
