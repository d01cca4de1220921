import type { Hierarchy, HierarchyNode } from '../../domain/hierarchy';
import { Fields } from '../fields';
import { readArray } from './arrays';
import { real } from './format';
import { arrayMember, linesMember, sorted, type Member } from './member';
import type { ProjectFileReader } from './reader';

const LONGEST = 10_000;

/** The members of the tree with this number: what it says and its nodes as lines, and its arrays beside them. */
export function* hierarchyMembers(at: number, hierarchy: Hierarchy): Generator<Member> {
  const name = `hierarchies/${at}`;
  const { nodes, order, distances, centroids, seconds, ...rest } = hierarchy;
  yield linesMember(`${name}.jsonl`, lines({ ...rest, seconds: real(seconds) }, nodes));
  yield arrayMember(`${name}-order.npy`, [order.length], order);
  yield arrayMember(`${name}-distances.npy`, [distances.length], distances);
  yield arrayMember(`${name}-centroids.npy`, [nodes.length, centroids.length / nodes.length], centroids);
}

function* lines(head: object, nodes: readonly HierarchyNode[]): Generator<object> {
  yield sorted({ ...head, nodes: nodes.length });
  for (const node of nodes) {
    const silhouette = node.silhouette === undefined ? {} : { silhouette: real(node.silhouette) };
    yield sorted({ ...node, inertia: real(node.inertia), ...silhouette });
  }
}

/** A tree rebuilt field by field, of at most `rows` rows. Throws a sentence for what is wrong. */
export async function readHierarchy(file: ProjectFileReader, at: number, rows: number): Promise<Hierarchy> {
  const name = `hierarchies/${at}`;
  const lines = file.member(`${name}.jsonl`).lines();
  const from = new Fields((await lines.next()).value, `${name}.jsonl`);
  const n = from.integer('n', 0, rows);
  const count = from.integer('nodes', 1, 2 ** 31);
  const nodes: HierarchyNode[] = [];
  for await (const line of lines) {
    if (nodes.length === count) throw new Error(`${name}.jsonl has more nodes than it says`);
    nodes.push(readNode(new Fields(line, `${name}.jsonl`), { at: nodes.length, count, n }));
  }
  if (nodes.length < count) throw new Error(`${name}.jsonl has fewer nodes than it says`);
  const order = (await readArray(file.member(`${name}-order.npy`), '<u4', [null])).data;
  const seen = new Uint8Array(n);
  for (const row of order) {
    if (row >= n || seen[row])
      throw new Error(`${name}-order.npy names a row twice, or one that is not there`);
    seen[row] = 1;
  }
  const column = from.value('by') === 'kmeans' ? null : from.fields('by').longText('column', LONGEST);
  return {
    specKey: from.longText('specKey', LONGEST),
    n,
    d: from.integer('d', 0, 1e6),
    by: column === null ? 'kmeans' : { column },
    branching: from.orNull('branching', (key) => from.number(key)),
    depth: from.number('depth'),
    minimumSize: from.number('minimumSize'),
    seed: from.number('seed'),
    nInit: from.number('nInit'),
    scaling: from.oneOf('scaling', ['none', 'l2', 'standard', 'minmax']),
    pca: from.orNull('pca', (key) => from.number(key)),
    engine: from.oneOf('engine', ['webgpu', 'cpu']),
    adapter: from.text('adapter'),
    seconds: from.real('seconds'),
    nodes,
    order,
    // Rows without a vector are in no node and have no distance.
    distances: (await readArray(file.member(`${name}-distances.npy`), '<f4', [n], { loose: true })).data,
    centroids: (await readArray(file.member(`${name}-centroids.npy`), '<f4', [count, null])).data,
  };
}

function readNode(from: Fields, { at, count, n }: { at: number; count: number; n: number }): HierarchyNode {
  const children = from.integer('children', 0, count - 1);
  const size = from.integer('size', 0, n);
  const node: HierarchyNode = {
    id: from.longText('id', LONGEST),
    parent: at === 0 ? from.integer('parent', -1, -1) : from.integer('parent', 0, at - 1),
    depth: from.integer('depth', 0, count),
    // Breadth first: children come after their parent. A leaf may name any place.
    firstChild:
      children === 0 ? from.number('firstChild') : from.integer('firstChild', at + 1, count - children),
    children,
    first: from.integer('first', 0, n - size),
    size,
    medoid: from.integer('medoid', 0, Math.max(n - 1, 0)),
    inertia: from.real('inertia'),
  };
  if (from.has('silhouette')) node.silhouette = from.real('silhouette');
  if (from.has('name')) node.name = from.longText('name', LONGEST);
  return node;
}
