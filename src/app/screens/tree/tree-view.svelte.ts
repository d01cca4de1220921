import type { TintBy } from './treemap/tint';

/** How the tree is looked at. It outlives the screen, so that coming back finds it as it was left. */
class TreeView {
  /** The children of a node as a treemap, or as cards. */
  children = $state<'treemap' | 'cards'>('treemap');
  /** Null: as there is room. */
  outline = $state<boolean | null>(null);
  tint = $state.raw<TintBy>({ kind: 'cluster' });
  pictures = $state(true);
  private project: string | null = null;

  /** The columns of another project are others. */
  enter(project: string | null): void {
    if (project === this.project) return;
    this.project = project;
    this.tint = { kind: 'cluster' };
  }
}

export const treeView = new TreeView();
