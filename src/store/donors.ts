import type { ImageFacts } from '../domain/facts';
import { factsAt, readFactChunk } from './facts';
import { database, keysUnder } from './open';
import { readRowChunks } from './rows';
import type { FactChunk, ImportedChunk, RowChunk, ThumbChunk, VectorChunk } from './schema';
import { readThumbChunk } from './thumbs';
import { readVectorChunk } from './vectors';

/** Where a vector of a descriptor is already kept: a row of another project, or an imported table. */
type Place = { projectId: string; row: number } | { key: [string, string, number]; row: number };

interface RowDonor {
  vectors: VectorChunk;
  thumbs: ThumbChunk;
  rows: RowChunk;
  facts: FactChunk | null;
}

/** What is known of an image without running the network; the picture itself only from another project. */
export interface Donation {
  vector: Float32Array;
  picture: { width: number; height: number; thumbnail: Uint8Array; facts: ImageFacts | null } | null;
}

/**
 * Vectors of one descriptor by content hash, wherever they are kept, so that none is computed twice. The list is made
 * once; vectors committed elsewhere afterwards are not in it.
 */
export class Donors {
  // Images that lie side by side are asked for one after the other: the chunk of the last one mostly has the next.
  private table: { key: string; chunk: ImportedChunk | undefined } | null = null;
  private rows: { projectId: string; row0: number; end: number; chunks: RowDonor } | null = null;

  private constructor(
    private readonly specKey: string,
    private readonly places: ReadonlyMap<string, Place>,
  ) {}

  /** Of a descriptor that is not computed. */
  static none(specKey: string): Donors {
    return new Donors(specKey, new Map());
  }

  /** Lists what other projects and all imported tables hold. */
  static async find(projectId: string, specKey: string): Promise<Donors> {
    const db = await database();
    const places = new Map<string, Place>();
    const [ids, tallies] = await Promise.all([db.getAllKeys('tallies'), db.getAll('tallies')]);
    for (const [i, id] of ids.entries()) {
      for (const key of await db.getAllKeys('imported', keysUnder(id, specKey)))
        (await db.get('imported', key))?.hashes.forEach((hash, row) => places.set(hash, { key, row }));
      const covered = tallies[i].covered[specKey] ?? 0;
      if (id === projectId || !covered) continue;
      for (const { row0, hashes } of await readRowChunks(id))
        hashes.forEach((hash, at) => {
          if (hash !== '' && row0 + at < covered) places.set(hash, { projectId: id, row: row0 + at });
        });
    }
    return new Donors(specKey, places);
  }

  /** Whether nothing is kept anywhere, so that every new image needs the network. */
  get isEmpty(): boolean {
    return this.places.size === 0;
  }

  /** The vector of an image, or null when it is not kept anywhere (any more). */
  async get(hash: string): Promise<Donation | null> {
    const place = this.places.get(hash);
    if (!place) return null;
    return 'key' in place ? this.fromTable(place) : this.fromRow(place);
  }

  private async fromTable({ key, row }: Extract<Place, { key: unknown }>): Promise<Donation | null> {
    const name = key.join();
    if (this.table?.key !== name)
      this.table = { key: name, chunk: await (await database()).get('imported', key) };
    const { chunk } = this.table;
    return chunk ? { vector: rowOf(chunk.data, chunk.d, row), picture: null } : null;
  }

  private async fromRow({ projectId, row }: Extract<Place, { projectId: string }>): Promise<Donation | null> {
    const chunks = await this.chunksOf(projectId, row);
    if (!chunks || chunks.vectors.bad?.includes(row)) return null;
    const { vectors, thumbs, rows, facts } = chunks;
    const at = row - thumbs.row0;
    const thumbnail = thumbs.data.slice(thumbs.offsets[at], thumbs.offsets[at + 1]);
    const width = rows.widths[row - rows.row0];
    const height = rows.heights[row - rows.row0];
    return {
      vector: rowOf(vectors.data, vectors.d, row - vectors.row0),
      picture: { width, height, thumbnail, facts: facts && factsAt(facts, row - facts.row0) },
    };
  }

  private async chunksOf(projectId: string, row: number): Promise<RowDonor | null> {
    const kept = this.rows;
    if (kept?.projectId === projectId && row >= kept.row0 && row < kept.end) return kept.chunks;
    const [vectors, thumbs, [rows], facts] = await Promise.all([
      readVectorChunk(projectId, this.specKey, row),
      readThumbChunk(projectId, row),
      readRowChunks(projectId, row, 1),
      readFactChunk(projectId, row),
    ]);
    if (!vectors || !thumbs || !rows) return null;
    const chunks = { vectors, thumbs, rows, facts };
    const all = [vectors, thumbs, rows];
    const row0 = Math.max(...all.map((chunk) => chunk.row0));
    const end = Math.min(...all.map((chunk) => chunk.row0 + chunk.n));
    this.rows = { projectId, row0, end, chunks };
    return chunks;
  }
}

function rowOf(data: Float32Array, d: number, row: number): Float32Array {
  return data.slice(row * d, (row + 1) * d);
}
