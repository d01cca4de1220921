import { describe, expect, it } from 'vitest';
import { pathColumnNames, pathValue } from './path-columns';

const columns = (path: string): Record<string, string> =>
  Object.fromEntries(pathColumnNames([path]).map((name) => [name, pathValue(path, name)]));

describe('the columns of a path', () => {
  it('has the folder alone for a file without one', () => {
    expect(columns('a.jpg')).toEqual({ folder: '' });
  });

  it('has each level, and the innermost as the class', () => {
    expect(columns('birds/owls/a.jpg')).toEqual({
      folder: 'birds/owls',
      folder_1: 'birds',
      folder_2: 'owls',
      class: 'owls',
    });
  });

  it.each(['set/train/owls/a.jpg', 'train/set/owls/a.jpg', 'set/owls/TRAIN/a.jpg'])(
    'tells the split from the class in %s',
    (path) => {
      expect(columns(path).split?.toLowerCase()).toBe('train');
      expect(columns(path).class).toBe('owls');
    },
  );

  it('has no class where there is nothing but a split', () => {
    expect(columns('test/a.jpg')).toEqual({ folder: 'test', folder_1: 'test', split: 'test', class: '' });
  });

  it('is not misled by a name that only begins like a split', () => {
    expect(columns('trains/a.jpg').split).toBeUndefined();
    expect(columns('trains/a.jpg').class).toBe('trains');
  });

  it('survives a leading slash and levels that a path does not have', () => {
    expect(pathValue('/a.jpg', 'folder_1')).toBe('');
    expect(pathValue('x/a.jpg', 'folder_9')).toBe('');
  });
});
