import { expect, test } from 'vitest';
import { shareCores } from './share-cores';

const MB = 1e6;

test.each([
  ['one core', 5 * MB, 1, true, 1, 1],
  ['a small network on two cores', 5 * MB, 2, true, 2, 1],
  ['a small network without isolation', 5 * MB, 4, false, 4, 1],
  ['a small network on a workstation', 5 * MB, 64, true, 8, 8 / 2],
  ['a network that fits twice on eight cores', 100 * MB, 8, true, 2, 4],
  ['a network that fits twice, without isolation', 100 * MB, 8, false, 2, 1],
  ['a network that hardly fits', 900 * MB, 2, true, 1, 2],
])('%s', (_, bytes, cores, isolated, networks, threads) => {
  expect(shareCores(bytes, cores, isolated)).toEqual({ networks, threads });
});
