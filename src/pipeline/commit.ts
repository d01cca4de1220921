import type { StageSeconds } from '../domain/progress';
import { specKey, type EmbedSpec } from '../domain/spec';
import type { Item } from './embed';
import type { Embedded, Ledger } from './ledger';

/** Items are committed when there are this many, or this long (seconds) after the commit before. */
const BATCH = { items: 64, seconds: 1 };

/** Gathers finished items and commits them in order. `onRows` is called after the write, with what it added. */
export class Committer {
  private items: Item[] = [];
  private since = performance.now();
  private last: Promise<void> = Promise.resolve();
  private dim: number;

  constructor(
    private readonly ledger: Ledger,
    private readonly spec: EmbedSpec,
    private readonly seconds: Pick<StageSeconds, 'store'>,
    private readonly onRows: (row0: number, n: number) => void,
  ) {
    this.dim = spec.dim;
  }

  async add(items: readonly Item[]): Promise<void> {
    this.items.push(...items);
    const age = (performance.now() - this.since) / 1000;
    if (this.items.length >= BATCH.items || age >= BATCH.seconds) await this.flush();
  }

  /** Commits what is gathered. Errors: `quota`, `store`; nothing of the batch is kept then. */
  flush(): Promise<void> {
    this.last = this.last.then(() => this.commit());
    return this.last;
  }

  private async commit(): Promise<void> {
    const items = this.items;
    this.items = [];
    this.since = performance.now();
    const old = items.filter(({ row }) => row !== null);
    const fresh = items.filter(({ row }) => row === null);
    if (old.length) await this.commitOld(old);
    if (fresh.length) {
      const { row0, n } = await this.ledger.commit(specKey(this.spec), fresh.map(embedded));
      this.onRows(row0, n);
    }
    this.seconds.store += (performance.now() - this.since) / 1000;
  }

  /** Rows are for ever: one that this descriptor cannot have gets zeros, and is marked. */
  private async commitOld(items: readonly Item[]): Promise<void> {
    if (this.spec.kind === 'vectors') return;
    const bad = items.flatMap(({ row, vector }) => (vector ? [] : [row!]));
    this.dim = items.find(({ vector }) => vector)?.vector!.length ?? this.dim;
    const vectors = items.map(({ vector }) => vector ?? new Float32Array(this.dim));
    await this.ledger.commitVectors(specKey(this.spec), vectors, bad);
    this.onRows(items[0].row!, items.length);
  }
}

function embedded({ image, picture, vector, skip }: Item): Embedded {
  if (picture && !skip) return { image, row: { ...picture, vector } };
  return { image, skip: skip ?? { code: 'broken' } };
}
