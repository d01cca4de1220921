import { expect, it } from 'vitest';

it('finds a WebGPU adapter (a missing one fails the GPU tests)', async () => {
  const adapter = await navigator.gpu?.requestAdapter();
  expect(adapter).toBeTruthy();
});
