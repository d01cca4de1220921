import { describe, expect, it } from 'vitest';
import { commandOf, KEYS, type KeyPress } from './keys';

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
    [press('/'), 'search'],
    [press('f'), 'find'],
    [press('f', { ctrlKey: true }), null],
    [press('?', { shiftKey: true }), 'help'],
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

  it('has every command in the list of keys', () => {
    expect(new Set(KEYS.map((k) => k.command)).size).toBe(12);
  });
});
