import { describe, expect, it, vi } from 'vitest';
import type { Clustering } from '../../domain/clustering';
import { TesseraError } from '../../domain/errors';
import { PerClustering, type Compute } from './per-clustering.svelte';

const clusteringOf = (...labels: number[]): Clustering =>
  ({ k: 2, labels: Uint16Array.from(labels) }) as unknown as Clustering;

function made(compute: Compute<string>, isReady?: () => boolean) {
  const host = { clustering: clusteringOf(0, 1) as Clustering | null, life: new AbortController().signal };
  return { host, of: new PerClustering<string>(host, compute, isReady) };
}
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('what depends on the clustering', () => {
  it('is made once for a clustering and key, and told of another not at all', async () => {
    const compute = vi.fn<Compute<string>>(async (_, key) => `made ${key}`);
    const { host, of } = made(compute);
    of.want('a');
    of.want('a');
    await settled();
    of.want('a');
    expect(of.value('a')).toBe('made a');
    expect(compute).toHaveBeenCalledTimes(1);
    expect(of.value('b')).toBeNull();
    // Scored anew, the clusters are the same.
    host.clustering = { ...host.clustering!, silhouette: 1 };
    expect(of.value('a')).toBe('made a');
    host.clustering = clusteringOf(1, 0);
    expect(of.value('a')).toBeNull();
    host.clustering = null;
    of.want('a');
    expect(compute).toHaveBeenCalledTimes(1);
  });

  it('is made anew when what it is made of is another object', async () => {
    const compute = vi.fn<Compute<string>>(async () => 'made');
    const host = {
      clustering: { ...clusteringOf(0, 1), centroids: new Float32Array(2) },
      life: new AbortController().signal,
    };
    const of = new PerClustering<string>(
      host,
      compute,
      () => true,
      ({ centroids }) => centroids,
    );
    of.want();
    await settled();
    host.clustering = { ...host.clustering, centroids: Float32Array.of(1, 2) };
    expect(of.value()).toBeNull();
    of.want();
    await settled();
    expect(compute).toHaveBeenCalledTimes(2);
    expect(of.value()).toBe('made');
  });

  it('waits until it can be made', async () => {
    let ready = false;
    const compute = vi.fn<Compute<string>>(async () => 'made');
    const { of } = made(compute, () => ready);
    of.want();
    expect(compute).not.toHaveBeenCalled();
    ready = true;
    of.want();
    await settled();
    expect(of.value()).toBe('made');
  });

  it('is asked for again when another analysis ended it, and not when a person did', async () => {
    let ends = 2;
    const compute = vi.fn<Compute<string>>(async () => {
      if (ends-- > 0) throw new TesseraError('cancelled', 'Cancelled.');
      return 'made';
    });
    const { of } = made(compute);
    of.want();
    await settled();
    expect(compute).toHaveBeenCalledTimes(3);
    expect(of.value()).toBe('made');

    const waiting = vi.fn<Compute<string>>(
      (_, __, ___, signal) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(new TesseraError('cancelled', 'Cancelled.'))),
        ),
    );
    const other = made(waiting);
    other.of.want();
    other.of.task.cancel();
    await settled();
    expect(waiting).toHaveBeenCalledTimes(1);
    expect(other.of.value()).toBeNull();
    expect(other.of.task.error).toBeNull();
  });

  it('fails once and says why', async () => {
    const compute = vi.fn<Compute<string>>(async () => {
      throw new TesseraError('store', 'The disk is full.');
    });
    const { of } = made(compute);
    of.want();
    await settled();
    expect(compute).toHaveBeenCalledTimes(1);
    expect(of.task.error?.code).toBe('store');
  });
});
