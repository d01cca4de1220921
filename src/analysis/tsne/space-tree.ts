/** Points of a leaf, at most, unless they cannot be told apart. */
const LEAF = 8;
const BITS = { 2: 16, 3: 10 } as const;

/**
 * A quadtree or octree over points (n x 3, the third 0 in two dimensions), nodes in preorder: what is below node i are the
 * nodes i + 1 .. `next[i]` - 1. Points of a node lie together in `order`.
 */
export interface SpaceTree {
  nodes: number;
  /** Points in the order of the curve that the tree is made along (Morton). */
  order: Uint32Array;
  first: Uint32Array;
  count: Uint32Array;
  next: Uint32Array;
  isLeaf: Uint8Array;
  /** Squared side of the cell. */
  squaredSide: Float64Array;
  /** Centres of mass, 3 each. */
  centre: Float64Array;
}

/** Makes trees of always the same number of points, in memory that is used again. */
export class TreeMaker {
  readonly #codes: Uint32Array;
  readonly #spare: { order: Uint32Array; codes: Uint32Array };
  readonly #tree: SpaceTree;

  constructor(
    private readonly n: number,
    private readonly dims: 2 | 3,
  ) {
    const most = 2 * n + 64 * BITS[dims];
    this.#codes = new Uint32Array(n);
    this.#spare = { order: new Uint32Array(n), codes: new Uint32Array(n) };
    this.#tree = {
      nodes: 0,
      order: new Uint32Array(n),
      first: new Uint32Array(most),
      count: new Uint32Array(most),
      next: new Uint32Array(most),
      isLeaf: new Uint8Array(most),
      squaredSide: new Float64Array(most),
      centre: new Float64Array(3 * most),
    };
  }

  /** The tree of these points; the next call changes it. */
  make(points: Float64Array): SpaceTree {
    const side = this.#encode(points);
    this.#sort();
    this.#tree.nodes = 0;
    if (this.n > 0) this.#grow(points, 0, this.n, 0, side);
    return this.#tree;
  }

  /** Places along the curve; the side of the whole. */
  #encode(points: Float64Array): number {
    const { n, dims } = this;
    const low = [Infinity, Infinity, Infinity];
    let side = 0;
    for (let c = 0; c < dims; c++) {
      let high = -Infinity;
      for (let p = c; p < 3 * n; p += 3) {
        if (points[p] < low[c]) low[c] = points[p];
        if (points[p] > high) high = points[p];
      }
      side = Math.max(side, high - low[c]);
    }
    const cells = 2 ** BITS[dims];
    const scale = side > 0 ? cells / side : 0;
    const most = cells - 1;
    for (let i = 0; i < n; i++) {
      const x = Math.min(most, (points[3 * i] - low[0]) * scale);
      const y = Math.min(most, (points[3 * i + 1] - low[1]) * scale);
      if (dims === 2) this.#codes[i] = spread2(x) | (spread2(y) << 1);
      else {
        const z = Math.min(most, (points[3 * i + 2] - low[2]) * scale);
        this.#codes[i] = spread3(x) | (spread3(y) << 1) | (spread3(z) << 2);
      }
      this.#tree.order[i] = i;
    }
    return side;
  }

  /** By eight bits after eight, the lowest first. */
  #sort(): void {
    const { n } = this;
    let from = { order: this.#tree.order, codes: this.#codes };
    let to = this.#spare;
    for (const shift of [0, 8, 16, 24]) {
      const starts = new Uint32Array(257);
      for (let i = 0; i < n; i++) starts[((from.codes[i] >>> shift) & 0xff) + 1]++;
      for (let b = 0; b < 256; b++) starts[b + 1] += starts[b];
      for (let i = 0; i < n; i++) {
        const at = starts[(from.codes[i] >>> shift) & 0xff]++;
        to.order[at] = from.order[i];
        to.codes[at] = from.codes[i];
      }
      [from, to] = [to, from];
    }
  }

  #grow(points: Float64Array, from: number, to: number, level: number, side: number): void {
    const tree = this.#tree;
    const node = tree.nodes++;
    tree.first[node] = from;
    tree.count[node] = to - from;
    tree.squaredSide[node] = side * side;
    const isLeaf = to - from <= LEAF || level === BITS[this.dims];
    tree.isLeaf[node] = isLeaf ? 1 : 0;
    let x = 0;
    let y = 0;
    let z = 0;
    if (isLeaf) {
      for (let q = from; q < to; q++) {
        const p = 3 * tree.order[q];
        x += points[p];
        y += points[p + 1];
        z += points[p + 2];
      }
    } else {
      const shift = this.dims * (BITS[this.dims] - level - 1);
      for (let start = from; start < to;) {
        const end = this.#endOf(start, to, shift);
        const child = tree.nodes;
        this.#grow(points, start, end, level + 1, side / 2);
        const mass = end - start;
        x += tree.centre[3 * child] * mass;
        y += tree.centre[3 * child + 1] * mass;
        z += tree.centre[3 * child + 2] * mass;
        start = end;
      }
    }
    tree.centre[3 * node] = x / (to - from);
    tree.centre[3 * node + 1] = y / (to - from);
    tree.centre[3 * node + 2] = z / (to - from);
    tree.next[node] = tree.nodes;
  }

  /** Where the points end that lie in the same child as the one at `start`. */
  #endOf(start: number, to: number, shift: number): number {
    const codes = this.#codes;
    const own = codes[start] >>> shift;
    let low = start + 1;
    let high = to;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (codes[middle] >>> shift === own) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The 16 bits of a number with a gap of one bit after each. */
function spread2(value: number): number {
  let x = value & 0xffff;
  x = (x | (x << 8)) & 0x00ff00ff;
  x = (x | (x << 4)) & 0x0f0f0f0f;
  x = (x | (x << 2)) & 0x33333333;
  return (x | (x << 1)) & 0x55555555;
}

/** The 10 bits of a number with gaps of two bits. */
function spread3(value: number): number {
  let x = value & 0x3ff;
  x = (x | (x << 16)) & 0x030000ff;
  x = (x | (x << 8)) & 0x0300f00f;
  x = (x | (x << 4)) & 0x030c30c3;
  return (x | (x << 2)) & 0x09249249;
}
