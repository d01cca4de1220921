import { describe, expect, it } from 'vitest';
import { backendFromQuery, placeFromHash, placeToHash } from './address';

describe('backendFromQuery', () => {
  it.each([
    ['?backend=wasm', 'wasm'],
    ['?x=1&backend=webgpu', 'webgpu'],
    ['?backend=auto', 'auto'],
    ['?backend=cuda', null],
    ['?backend=', null],
    ['', null],
  ])('%s', (search, expected) => expect(backendFromQuery(search)).toBe(expected));
});

describe('the place in the address', () => {
  it.each([
    '#map',
    '#clusters',
    '#cluster-0',
    '#cluster-29',
    '#tree',
    '#tree-root',
    '#tree-root-14-3',
    '#explore',
    '#explore-groupings',
    '#compare',
    '#data',
    '#settings',
    '#projects',
  ])('%s goes there and back', (hash) => expect(placeToHash(placeFromHash(hash)!)).toBe(hash));
  it.each([
    '',
    '#',
    '#nowhere',
    '#cluster-',
    '#cluster--1',
    '#cluster-1e9',
    '#tree-14',
    '#tree-root-',
    '#tree-root-x',
    '#explore-',
    '#<img onerror=x>',
  ])('%s is no place', (hash) => expect(placeFromHash(hash)).toBeNull());
});
