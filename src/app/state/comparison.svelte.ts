import type { Agreement } from '../../domain/agreement';
import { noneOf } from '../../domain/clustering';
import { toRecord, type ErrorRecord } from '../../domain/errors';
import { crossTable, type CrossTable } from './cross-table';
import { inCommon, type Labelling } from './labellings';
import type { StudyHost } from './study-host';

export interface Compared {
  first: Labelling;
  second: Labelling;
  agreement: Agreement;
  table: CrossTable;
}

/** What the screen shows: two labellings, or figures on the choice of k, the clusters, the variance and the time taken. */
export const COMPARE_TABS = ['agreement', 'choice', 'clusters', 'variance', 'time'] as const;
export type CompareTab = (typeof COMPARE_TABS)[number];

/** Two labellings of the open project's images, compared as soon as both are chosen. */
export class Comparison {
  tab = $state<CompareTab>('agreement');
  /** Ids of the two sources, as `idOf` makes them; null: not chosen yet. */
  first = $state<string | null>(null);
  second = $state<string | null>(null);
  result = $state.raw<Compared | null>(null);
  error = $state.raw<ErrorRecord | null>(null);
  private turn = 0;

  constructor(private readonly host: StudyHost) {}

  /** Compares; what was asked before and is not answered yet is forgotten. Nulls leave nothing. */
  async compare(one: Labelling | null, other: Labelling | null): Promise<void> {
    const turn = ++this.turn;
    this.error = null;
    if (!one || !other) {
      this.result = null;
      return;
    }
    const [first, second] = inCommon(one, other);
    try {
      const agreement = await this.host.job.agreement(first.labels, second.labels);
      if (turn === this.turn) this.result = { first, second, agreement, table: crossTable(agreement) };
    } catch (error) {
      if (turn !== this.turn) return;
      this.result = null;
      this.error = toRecord(error);
    }
  }

  /** The images with label a on the first side and b on the second; null: whatever the label. */
  rowsWith(a: number | null, b: number | null): Uint32Array {
    return this.rowsAmong(a === null ? null : [a], b === null ? null : [b]);
  }

  /** The images with one of these labels on the first side and one of those on the second; null: whatever the label. */
  rowsAmong(a: readonly number[] | null, b: readonly number[] | null): Uint32Array {
    const { result } = this;
    if (!result) return new Uint32Array();
    const [first, second] = [result.first.labels, result.second.labels];
    const rows: number[] = [];
    const none = noneOf(first);
    for (let row = 0; row < first.length; row++)
      if (
        first[row] !== none &&
        (a === null || a.includes(first[row])) &&
        (b === null || b.includes(second[row]))
      )
        rows.push(row);
    return Uint32Array.from(rows);
  }
}
