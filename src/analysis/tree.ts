import type { Hierarchy, HierarchyNode } from '../domain/hierarchy';
import type { CentredRows } from './prepare';

/** What splits a node: for each of its rows a child, and the squared distance to that child's centre; both by row. */
export interface Division {
  labels: ArrayLike<number>;
  squared: ArrayLike<number>;
  /** children x d, in the mean-centred space. */
  centres: Float64Array;
  names?: readonly string[];
}

type Arrays = Pick<Hierarchy, 'nodes' | 'order' | 'distances' | 'centroids'>;

/**
 * A tree of clusters while it grows. Nodes must be divided in the order in which they stand, so that they end up breadth
 * first. Rows of a node lie side by side, those of a leaf in rising order.
 */
export class Tree {
  readonly nodes: HierarchyNode[] = [];
  readonly #order: Uint32Array;
  readonly #squared: Float64Array;
  readonly #centres: Float64Array[] = [];

  /** `centre` and `squared` (by row) are those of all rows taken as one cluster. */
  constructor(
    n: number,
    private readonly d: number,
    { centres, squared }: Division,
  ) {
    this.#order = Uint32Array.from({ length: n }, (_, i) => i);
    this.#squared = Float64Array.from(squared);
    this.#add({ id: 'root', parent: -1, depth: 0, first: 0, size: n }, centres);
  }

  /** The rows of the node at this place, rising until it is divided, then child by child; a view. */
  rows(place: number): Uint32Array {
    const { first, size } = this.nodes[place];
    return this.#order.subarray(first, first + size);
  }

  /** The centre of the node at this place, in the mean-centred space. */
  centre(place: number): Float64Array {
    return this.#centres[place];
  }

  /** Gives the node its children, largest first (of equals the first of the division); empty ones are left out. */
  divide(place: number, { labels, squared, centres, names }: Division): void {
    const node = this.nodes[place];
    const rows = this.rows(place).slice();
    const members = Array.from({ length: centres.length / this.d }, (): number[] => []);
    for (const row of rows) {
      members[labels[row]].push(row);
      this.#squared[row] = squared[row];
    }
    const filled = Array.from(members.keys()).filter((c) => members[c].length > 0);
    filled.sort((a, b) => members[b].length - members[a].length || a - b);
    node.firstChild = this.nodes.length;
    node.children = filled.length;
    let first = node.first;
    filled.forEach((c, child) => {
      this.#order.set(members[c], first);
      const size = members[c].length;
      const name = names?.[c];
      const centre = centres.slice(c * this.d, (c + 1) * this.d);
      const id = `${node.id}-${child}`;
      this.#add(
        { id, parent: place, depth: node.depth + 1, first, size, ...(name !== undefined && { name }) },
        centre,
      );
      first += size;
    });
  }

  /** The arrays of a `Hierarchy`; centroids where the rows were before their mean was subtracted. */
  finish(mean: CentredRows['mean']): Arrays {
    const { d } = this;
    const centroids = new Float32Array(this.nodes.length * d);
    this.#centres.forEach((centre, place) => {
      for (let t = 0; t < d; t++) centroids[place * d + t] = centre[t] + mean[t];
    });
    const distances = Float32Array.from(this.#squared, Math.sqrt);
    return { nodes: this.nodes, order: this.#order, distances, centroids };
  }

  #add(
    node: Omit<HierarchyNode, 'firstChild' | 'children' | 'medoid' | 'inertia'>,
    centre: Float64Array,
  ): void {
    let inertia = 0;
    let medoid = this.#order[node.first];
    for (let p = node.first; p < node.first + node.size; p++) {
      const row = this.#order[p];
      inertia += this.#squared[row];
      if (this.#squared[row] < this.#squared[medoid]) medoid = row;
    }
    this.nodes.push({ ...node, firstChild: 0, children: 0, medoid, inertia });
    this.#centres.push(centre);
  }
}
