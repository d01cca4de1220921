import type { Rows } from '../rows';
import { nearest, type Centres } from './assign';

const UNLABELLED = 0xffff;
/** Distances from the expanded square are wrong by up to about 3e-8 of the longest row; bounds keep clear of that. */
const SLACK = 1e-7;

/**
 * The labels of one fit with Hamerly's bounds (2010): how far a row is at most from its own centre and at least from every
 * other. When the centres move, both change by no more than the moves; a row whose bounds stay apart keeps its label
 * without a single distance. The labels are exactly those of comparing every row with every centre.
 */
export class BoundedLabels {
  readonly labels: Uint16Array;
  readonly #upper: Float64Array;
  readonly #lower: Float64Array;
  readonly #slack: number;
  #centres: Centres | null = null;
  /** How far each centre moved, and the farthest and second farthest of these moves. */
  #moves = new Float64Array(0);
  #farthest = 0;
  #most = 0;
  #next = 0;
  /** Half the distance from each centre to its nearest other. */
  #half = new Float64Array(0);

  constructor(
    private readonly rows: Rows,
    private readonly norms: Float64Array,
  ) {
    this.labels = new Uint16Array(rows.n).fill(UNLABELLED);
    this.#upper = new Float64Array(rows.n).fill(Infinity);
    this.#lower = new Float64Array(rows.n);
    this.#slack = SLACK * Math.sqrt(norms.reduce((a, b) => Math.max(a, b), 0));
  }

  /** The centres that `assign` compares with from now on; every row is to be assigned before they move again. */
  moveTo(centres: Centres): void {
    const { k } = centres;
    const before = this.#centres;
    this.#centres = centres;
    if (!before) return;
    this.#moves = Float64Array.from({ length: k }, (_, c) => distance(before, c, centres, c));
    this.#farthest = this.#moves.indexOf(Math.max(...this.#moves));
    this.#most = this.#moves[this.#farthest];
    this.#next = this.#moves.reduce(
      (most, move, c) => (c === this.#farthest ? most : Math.max(most, move)),
      0,
    );
    this.#half = new Float64Array(k).fill(Infinity);
    for (let a = 0; a < k; a++) {
      for (let b = 0; b < a; b++) {
        const half = distance(centres, a, centres, b) / 2;
        this.#half[a] = Math.min(this.#half[a], half);
        this.#half[b] = Math.min(this.#half[b], half);
      }
    }
  }

  /** Brings the labels of rows `from` .. `to` - 1 up to date; returns how many changed. */
  assign(from: number, to: number): number {
    const open: number[] = [];
    for (let i = from; i < to; i++) if (!this.#keeps(i)) open.push(i);
    const last = open.length - 1;
    let changed = 0;
    for (let at = 0; at <= last; at += 4) {
      const i0 = open[at];
      const i1 = open[Math.min(at + 1, last)];
      const i2 = open[Math.min(at + 2, last)];
      const i3 = open[Math.min(at + 3, last)];
      const { label, first, second } = nearest(this.rows, this.#centres!, i0, i1, i2, i3);
      for (let r = 0; r < 4 && at + r <= last; r++) {
        const i = open[at + r];
        if (this.labels[i] !== label[r]) changed++;
        this.labels[i] = label[r];
        this.#upper[i] = Math.sqrt(Math.max(0, this.norms[i] + first[r]));
        this.#lower[i] = Math.sqrt(Math.max(0, this.norms[i] + second[r]));
      }
    }
    return changed;
  }

  /** Whether the bounds, after the move and if need be with the exact distance to the own centre, settle the label. */
  #keeps(i: number): boolean {
    const label = this.labels[i];
    if (label === UNLABELLED) return false;
    this.#upper[i] += this.#moves[label];
    this.#lower[i] -= label === this.#farthest ? this.#next : this.#most;
    const clear = Math.max(this.#lower[i], this.#half[label]) - this.#slack;
    if (this.#upper[i] < clear) return true;
    this.#upper[i] = this.#distanceTo(i, label);
    return this.#upper[i] < clear;
  }

  #distanceTo(i: number, c: number): number {
    const { d, data } = this.rows;
    const centres = this.#centres!;
    let sum = 0;
    for (let t = 0, x = i * d, y = c * d; t < d; t++) sum += (data[x + t] - centres.data[y + t]) ** 2;
    return Math.sqrt(sum);
  }
}

function distance(a: Centres, i: number, b: Centres, j: number): number {
  let sum = 0;
  for (let t = 0, x = i * a.d, y = j * b.d; t < a.d; t++) sum += (a.data[x + t] - b.data[y + t]) ** 2;
  return Math.sqrt(sum);
}
