import { expect, test } from 'vitest';
import shared from './assembly/dot.ts?assembly&shared';
import plain from './assembly/dot.ts?assembly';

test.each([
  ['a memory of its own', plain, false],
  ['a shared memory', shared, true],
])('compiles for %s', (_, code, isShared) => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: isShared });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), { env: { memory } });
  new Float32Array(memory.buffer).set([1, 2, 3, 4, 5, 1, 1, 1, 1, 2]);
  expect((exports.dot as (x: number, y: number, d: number) => number)(0, 20, 5)).toBe(20);
});
