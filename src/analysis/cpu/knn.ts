import { theTeam } from '../../simd/matrix';
import { NOBODY, planWork, type KnnFound, type KnnTask } from '../knn-search';
import { squaredNorms } from '../rows';
import { ArenaRows } from './rows-in-arena';
import { Scratch } from './scratch';

/** Multiply-adds between two reports of progress: some tenths of a second. */
const ROUND_WORK = 2 ** 31;

/** `KnnSearch` in WebAssembly SIMD, on as many threads as there are; the same bits for any number of them. */
export async function cpuKnn(
  { rows, queries, self, k, plan }: KnnTask,
  progress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<KnnFound> {
  const m = queries.n;
  const { d } = rows;
  if (m === 0 || k === 0) return { rows: new Uint32Array(0), squared: new Float32Array(0) };
  const placed = new ArenaRows(rows);
  const { arena } = placed;
  const memory = new Scratch(arena);
  try {
    const { squares } = await placed.lengths(signal);
    let [q, querySquares] = [placed.x, squares];
    if (queries !== rows) {
      q = memory.take(4 * m * d);
      arena.f32(q, m * d).set(queries.data.subarray(0, m * d));
      querySquares = memory.take(4 * m);
      arena.f32(querySquares, m).set(squaredNorms(queries));
    }
    const selfAt = memory.take(4 * m);
    arena.u32(selfAt, m).set(self);
    const tilesAt = memory.take(plan.tiles.byteLength);
    arena.u32(tilesAt, plan.tiles.length).set(plan.tiles);
    const blocksAt = memory.take(plan.blocks.byteLength);
    arena.u32(blocksAt, plan.blocks.length).set(plan.blocks);
    const found = memory.take(4 * m * k);
    arena.f32(found, m * k).fill(Infinity);
    const foundRows = memory.take(4 * m * k);
    arena.u32(foundRows, m * k).fill(NOBODY);

    const scratchSize = 128 + 8 * 32 + 8 * 32 * d;
    const tiles = plan.tiles.length / 4;
    const perTile = (planWork(plan) * d) / Math.max(1, tiles);
    const step = Math.max(4 * theTeam().threads, Math.ceil(ROUND_WORK / Math.max(1, perTile)));
    for (let from = 0; from < tiles; from += step) {
      await placed.run('knn', Math.min(step, tiles - from), signal, (scratch) =>
        scratch.struct([
          ...[
            placed.x,
            d,
            squares,
            q,
            querySquares,
            selfAt,
            k,
            tilesAt + 16 * from,
            blocksAt,
            found,
            foundRows,
          ],
          ...[scratch.take(scratchSize * theTeam().threads), scratchSize],
        ]),
      );
      progress(Math.min(1, (from + step) / tiles));
    }
    return { rows: arena.u32(foundRows, m * k).slice(), squared: arena.f32(found, m * k).slice() };
  } finally {
    memory.close();
    placed.close();
  }
}
