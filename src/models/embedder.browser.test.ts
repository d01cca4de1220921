import { describe, expect, it } from 'vitest';
import { fetchShared, hasShared } from '../../test/shared.browser';
import type { NetworkSpec } from '../domain/spec';
import { defaultSpec } from './catalogue';
import { createEmbedder } from './embedder';
import { getModelBytes } from './library';

describe('embedder', () => {
  it('runs the default network on WASM', async () => {
    const spec = defaultSpec('squash');
    const t = performance.now();
    const embedder = await createEmbedder(spec, await getModelBytes(spec.sha256), { backend: 'auto' });
    console.warn(JSON.stringify(embedder.info), performance.now() - t, crossOriginIsolated);
    const image = (v: number) => ({ width: 128, height: 128, data: new Uint8Array(128 * 128 * 3).map((_, i) => (i * v) & 255) });
    const t1 = performance.now();
    const { vectors, bad } = await embedder.embed([image(3), image(7)]);
    console.warn(performance.now() - t1, vectors.slice(0, 4).join());
    expect(vectors.length).toBe(512);
    expect(bad).toEqual([]);
    await embedder.dispose();
  });
});
