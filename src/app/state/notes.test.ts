import { expect, it } from 'vitest';
import { NO_NOTES, withNote } from './notes';

it('sets, replaces and takes out notes without touching what was given', () => {
  const one = withNote(NO_NOTES, 3, { name: 'hens', note: '' });
  const two = withNote(one, 3, { name: 'hens', note: 'mostly brown' });
  expect(one.get(3)).toEqual({ name: 'hens', note: '' });
  expect(two.get(3)?.note).toBe('mostly brown');
  expect(withNote(two, 3, { name: '', note: '' }).size).toBe(0);
  expect(NO_NOTES.size).toBe(0);
});
