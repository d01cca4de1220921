import { describe, expect, it } from 'vitest';
import golden from '../../test/golden/trees.json';
import { CpuEngine } from './cpu/engine';
import { groupKMeans } from './group-kmeans';
import { plainGroups } from './group-plain';
import { groupRows, rowsOf } from './group-rows';
import type { GroupKMeans } from './group-restarts';
import { growTree, type TreeOptions } from './grow-tree';
import { centre, type Rows } from './rows';

type Case = (typeof golden.cases)[number];

/** k-means from the rows that scikit-learn was given for the node with these rows. */
function fromGolden(kmeans: GroupKMeans, { nodes }: Case): GroupKMeans {
  const seedsOf = new Map(nodes.map((node) => [node.rows.join(), 'seeds' in node ? node.seeds : []]));
  return {
    ...kmeans,
    async seed(groups) {
      const byGroup = groupRows(groups);
      return Array.from({ length: groups.count }, (_, g) =>
        Uint32Array.from(seedsOf.get([...rowsOf(byGroup, g)].join())!),
      );
    },
  };
}

function prepared({ n, d, rows }: Case): Rows {
  const own = { n, d, data: Float32Array.from(rows) };
  centre(own);
  return own;
}

const options = ({ branching, depth, minimumSize }: Case): TreeOptions => ({
  branching,
  depth,
  minimumSize,
  seed: 1,
  nInit: 1,
  maxIterations: 100,
  tolerance: 1e-4,
});

const ways: [string, (rows: Rows) => GroupKMeans][] = [
  ['node by node', plainGroups],
  ['a level at once', (rows) => groupKMeans(new CpuEngine(rows))],
];

describe.each(ways)('trees are those of scikit-learn, %s', (_, kmeansOn) => {
  it.each(golden.cases)('$name', async (data) => {
    const rows = prepared(data);
    const tree = await growTree(rows, fromGolden(kmeansOn(rows), data), options(data));
    expect(tree.nodes.map(({ id, size }) => [id, size])).toEqual(
      data.nodes.map(({ id, rows }) => [id, rows.length]),
    );
    data.nodes.forEach((node, place) => {
      expect([...tree.rows(place)].sort((a, b) => a - b)).toEqual(node.rows);
      const { inertia } = tree.nodes[place];
      expect(Math.abs(inertia - node.inertia)).toBeLessThanOrEqual(1e-5 * node.inertia + 1e-6);
    });
  });
});

describe('the first split is as good as the best of ten by scikit-learn', () => {
  it.each(golden.cases)('$name', async (data) => {
    const rows = prepared(data);
    const tree = await growTree(rows, plainGroups(rows), { ...options(data), depth: 1, nInit: 10 });
    const inertia = tree.nodes.slice(1).reduce((sum, node) => sum + node.inertia, 0);
    expect(inertia).toBeLessThanOrEqual(1.01 * data.best);
  });
});
