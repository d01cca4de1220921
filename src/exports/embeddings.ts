import type { Artifact } from './artifact';
import { csv } from './csv';
import { npy } from './npy';
import { zip } from './zip';
import type { RowTable } from '../domain/project';
import type { EmbedSpec } from '../domain/spec';

export interface Matrix {
  rows: number;
  dim: number;
  /** Runs of whole rows in row order. */
  chunks: AsyncIterable<Float32Array> | Iterable<Float32Array>;
}

/** A matrix as a `.npy` file (float32, C order, rows x dim). */
export function matrixNpy({ rows, dim, chunks }: Matrix, name = 'embeddings.npy'): Artifact {
  return { name, type: 'application/octet-stream', chunks: npy([rows, dim], chunks) };
}

/**
 * Everything needed to use the embeddings elsewhere or to bring them back: embeddings.npy, index.csv (row, path, sha256
 * of the image's bytes) and spec.json (how image became vector).
 */
export function embeddingsBundle(
  rows: RowTable,
  matrix: Matrix,
  spec: EmbedSpec,
  name = 'embeddings.zip',
): Artifact {
  function* index(): Generator<[number, string, string]> {
    for (let row = 0; row < matrix.rows; row++) yield [row, rows.paths[row], rows.hashes[row]];
  }
  const json = new TextEncoder().encode(`${JSON.stringify(spec, null, 2)}\n`);
  const entries = [
    { name: 'spec.json', input: json },
    { name: 'index.csv', input: csv(['row', 'path', 'sha256'], index()) },
    { name: 'embeddings.npy', input: matrixNpy(matrix).chunks },
  ];
  return { name, type: 'application/zip', chunks: zip(entries) };
}
