import type { ClusterModel } from '../domain/model';
import type { Artifact } from './artifact';
import { npyOf } from './npy';
import { zip, type ZipEntry } from './zip';

/** What `model.json` says it is. */
export const MODEL_FORMAT = { format: 'tessera-model', version: 1 } as const;

/**
 * A model as a ZIP bundle: model.json (descriptor, sizes, names, provenance), centroids.npy and, where vectors are scaled
 * or reduced, the arrays of scaler and PCA. docs/formats.md says what is in it and how NumPy reads it.
 */
export function modelBundle(model: ClusterModel, name = 'model.zip'): Artifact {
  const { k, d, centroids, preparation, names, provenance, spec } = model;
  const { scaler, pca } = preparation;
  const components = pca?.variances.length ?? null;
  const json = {
    ...MODEL_FORMAT,
    spec,
    d,
    scaling: scaler.scaling,
    pca: components,
    k,
    names: [...names].sort(([a], [b]) => a - b).map(([cluster, note]) => ({ cluster, ...note })),
    provenance,
  };
  const entries: ZipEntry[] = [
    { name: 'model.json', input: new TextEncoder().encode(`${JSON.stringify(json, null, 2)}\n`) },
    { name: 'centroids.npy', input: npyOf([k, components ?? d], centroids) },
  ];
  const add = (file: string, shape: number[], data: Float64Array): void =>
    void entries.push({ name: `${file}.npy`, input: npyOf(shape, data) });
  if (scaler.scaling === 'standard' || scaler.scaling === 'minmax') {
    add('scaler_offset', [d], scaler.offset);
    add('scaler_factor', [d], scaler.factor);
  }
  if (pca && components !== null) {
    add('pca_mean', [d], pca.mean);
    add('pca_components', [components, d], pca.components);
    add('pca_variances', [components], pca.variances);
    add('pca_explained', [components], Float64Array.from(pca.explained));
  }
  return { name, type: 'application/zip', chunks: zip(entries) };
}
