import { DEFAULT_HIERARCHY, type Hierarchy } from '../../domain/hierarchy';
import { specKey } from '../../domain/spec';
import { keepHierarchy, lastHierarchy } from '../../jobs/projects';
import { notices } from './notices.svelte';
import { groupsOf } from './column-groups';
import { BY_KMEANS, NO_TREES, splitOf, withTree, type Made, type SplitBy } from './split-by';
import type { StudyHost } from './study-host';
import { optionsOf } from './sweep-options';
import { Task, type Report } from './task.svelte';
import { proposedShape, type TreeShape } from './tree-shape';

/** The trees of the open project, one for each way to split, made when asked for. */
export class Trees {
  by = $state<SplitBy>(BY_KMEANS);
  readonly task = new Task();
  private kept = $state.raw<{ life: AbortSignal | null; made: Made }>({ life: null, made: NO_TREES });

  constructor(private readonly host: StudyHost) {}

  get made(): Made {
    return this.kept.life === this.host.life ? this.kept.made : NO_TREES;
  }
  get tree(): Hierarchy | null {
    return this.made.get(this.by) ?? null;
  }
  /** How big a tree would be fitting for the images there are. */
  get proposed(): TreeShape {
    return proposedShape(this.host.rows.n);
  }

  /** Takes up the trees of earlier visits. */
  async restore(): Promise<void> {
    const { project, life } = this.host;
    if (!project || this.kept.life === life) return;
    this.kept = { life, made: NO_TREES };
    const key = specKey(project.spec);
    for (const kind of ['kmeans', 'parts'] as const) {
      const tree = await lastHierarchy(project.id, key, kind);
      if (tree && this.host.life === life && !this.made.has(splitOf(tree)))
        this.kept = { life, made: withTree(this.made, tree) };
    }
  }

  /** Splits by likeness, level by level. */
  async grow(shape: TreeShape): Promise<void> {
    const { project, job } = this.host;
    if (!project) return;
    const { seed, scaling, pca, engine } = optionsOf(project);
    const options = { ...DEFAULT_HIERARCHY, ...shape, seed, scaling, pca, engine };
    await this.make((report, signal) => job.hierarchy(options, report, signal));
  }

  /** Clusters the images of each value of a column on their own. */
  async growParts(column: string): Promise<void> {
    const { project, job, rows, columns, sweep } = this.host;
    if (!project || !sweep) return;
    const parts = groupsOf(column, { paths: rows.paths, columns: columns.all }, sweep.n);
    await this.make((report, signal) => job.byPart(parts, optionsOf(project), report, signal));
  }

  /** Names a node; Undo takes it back. */
  rename(place: number, name: string): void {
    const { tree } = this;
    if (!tree) return;
    const before = tree.nodes[place].name ?? '';
    if (name === before) return;
    const apply = (to: string): void => {
      const now = this.made.get(splitOf(tree));
      if (!now) return;
      const nodes = now.nodes.map((node, i) => (i === place ? { ...node, name: to || undefined } : node));
      this.put({ ...now, nodes });
    };
    apply(name);
    this.host.bookUndo(`node ${tree.nodes[place].id}`, () => apply(before), { repeat: () => apply(name) });
  }

  private async make(work: (report: Report, signal: AbortSignal) => Promise<Hierarchy>): Promise<void> {
    const { life } = this.host;
    const tree = await this.task.run(life, work);
    if (!tree) return;
    const before = this.made.get(splitOf(tree));
    this.put(tree);
    if (before) this.host.bookUndo(null, () => this.put(before), { repeat: () => this.put(tree) });
  }

  private put(tree: Hierarchy): void {
    const { project, life } = this.host;
    this.kept = { life, made: withTree(this.made, tree) };
    if (project) keepHierarchy(project.id, tree).catch((error) => notices.error(error));
  }
}
