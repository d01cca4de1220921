import { database, keysUnder } from './open';
import { readRowChunks } from './rows';
import { readThumbChunk } from './thumbs';
import { readVectorChunk } from './vectors';

/** Where a vector of a descriptor is already kept: a row of another project, or an imported table. */
type Place = { projectId: string; row: number } | { key: [string, string, number]; row: number };

/** What is known of an image without running the network; the picture itself only from another project. */
export interface Donation {
  vector: Float32Array;
  picture: { width: number; height: number; thumbnail: Uint8Array } | null;
}

/**
 * Vectors of one descriptor by content hash, wherever they are kept, so that none is computed twice. The list is made
 * once; vectors committed elsewhere afterwards are not in it.
 */
export class Donors {
  private constructor(
    private readonly specKey: string,
    private readonly places: ReadonlyMap<string, Place>,
  ) {}

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
          if (row0 + at < covered) places.set(hash, { projectId: id, row: row0 + at });
        });
    }
    return new Donors(specKey, places);
  }

  has(hash: string): boolean {
    return this.places.has(hash);
  }

  /** The vector of an image, or null when it is not kept anywhere (any more). */
  async get(hash: string): Promise<Donation | null> {
    const place = this.places.get(hash);
    if (!place) return null;
    if ('key' in place) {
      const chunk = await (await database()).get('imported', place.key);
      return chunk ? { vector: rowOf(chunk.data, chunk.d, place.row), picture: null } : null;
    }
    const { projectId, row } = place;
    const [vectors, thumbs, [rows]] = await Promise.all([
      readVectorChunk(projectId, this.specKey, row),
      readThumbChunk(projectId, row),
      readRowChunks(projectId, row, 1),
    ]);
    if (!vectors || !thumbs || !rows || vectors.bad?.includes(row)) return null;
    const at = row - thumbs.row0;
    const thumbnail = thumbs.data.slice(thumbs.offsets[at], thumbs.offsets[at + 1]);
    const width = rows.widths[row - rows.row0];
    const height = rows.heights[row - rows.row0];
    return {
      vector: rowOf(vectors.data, vectors.d, row - vectors.row0),
      picture: { width, height, thumbnail },
    };
  }
}

function rowOf(data: Float32Array, d: number, row: number): Float32Array {
  return data.slice(row * d, (row + 1) * d);
}
