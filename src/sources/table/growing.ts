import type { Column } from '../../domain/table';
import { dateOf, isEpoch } from './values';
import { Words } from './words';

export type CellValue = string | number | boolean | Date | null | undefined;
type Kind = 'number' | 'date' | 'boolean' | 'text';

/** Columns whose number and length show only while reading. Values of different types in one column become text. */
export class GrowingTable {
  private readonly columns = new Map<string, GrowingColumn>();

  /** The type of a column that is known beforehand: its values are not taken for another. */
  declare(name: string, type: Kind): void {
    this.columns.set(name, new GrowingColumn(name, type));
  }

  set(row: number, name: string, value: CellValue): void {
    if (value === null || value === undefined) return;
    let column = this.columns.get(name);
    if (!column) this.columns.set(name, (column = new GrowingColumn(name)));
    column.set(row, value);
  }

  finish(n: number): Column[] {
    return [...this.columns.values()].map((column) => column.finish(n));
  }
}

/** One of these; room is doubled as rows come. */
class GrowingColumn {
  private kind: Kind | null = null;
  private values = new Float64Array(0);
  private codes = new Uint32Array(0);
  private words = new Words();

  constructor(
    private readonly name: string,
    private readonly declared: Kind | null = null,
  ) {
    this.kind = declared;
  }

  set(row: number, value: string | number | boolean | Date): void {
    const kind = kindOf(value);
    this.kind ??= kind;
    if (kind !== this.kind && this.kind !== 'text') this.becomeText();
    this.reserve(row + 1);
    if (this.kind === 'text') this.codes[row] = this.words.code(shown(value));
    else this.values[row] = Number(value);
  }

  finish(n: number): Column {
    const { name } = this;
    this.reserve(n);
    const values = this.values.slice(0, n);
    switch (this.kind) {
      case 'date':
        return { name, type: 'date', values };
      case 'boolean':
        return { name, type: 'boolean', values: Uint8Array.from(values, (v) => (Number.isNaN(v) ? 2 : v)) };
      case 'number':
        return {
          name,
          type: !this.declared && values.every((v) => Number.isNaN(v) || isEpoch(v)) ? 'date' : 'number',
          values,
        };
      default:
        return this.finishText(n);
    }
  }

  private finishText(n: number): Column {
    const { name, words } = this;
    const codes = this.codes.slice(0, n);
    const dates = Float64Array.from(words.list, dateOf);
    if (!this.declared && dates.length > 1 && dates.every((date, i) => i === 0 || !Number.isNaN(date)))
      return { name, type: 'date', values: Float64Array.from(codes, (code) => dates[code]) };
    return { name, type: 'text', codes, words: words.list };
  }

  private becomeText(): void {
    const { kind, values } = this;
    this.codes = Uint32Array.from(values, (value) => {
      if (Number.isNaN(value)) return 0;
      const typed = kind === 'date' ? new Date(value) : kind === 'boolean' ? value === 1 : value;
      return this.words.code(shown(typed));
    });
    this.values = new Float64Array(0);
    this.kind = 'text';
  }

  private reserve(n: number): void {
    const isText = this.kind === 'text' || this.kind === null;
    const length = isText ? this.codes.length : this.values.length;
    if (n <= length) return;
    const room = Math.max(n, length * 2, 1024);
    if (isText) {
      const larger = new Uint32Array(room);
      larger.set(this.codes);
      this.codes = larger;
    } else {
      const larger = new Float64Array(room).fill(NaN, length);
      larger.set(this.values);
      this.values = larger;
    }
  }
}

function kindOf(value: string | number | boolean | Date): Kind {
  return value instanceof Date
    ? 'date'
    : typeof value === 'string'
      ? 'text'
      : (typeof value as 'number' | 'boolean');
}

function shown(value: string | number | boolean | Date): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
