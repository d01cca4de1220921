import type { Order } from './cross';
import type { Span } from './timeline';

/** What the person has chosen on the screen Explore; kept while the project is open. A choice that is not there any more is as none. */
export class Exploration {
  /** The id of the cut, for pictures and charts alike; null: the one proposed. */
  cut = $state<string | null>(null);
  /** Values shown by themselves. */
  most = $state(12);

  /** How the grid of mean images is ordered. */
  clusterOrder = $state<Order>('name');
  valueOrder = $state<Order>('count');

  /** Small charts: one for each value with the clusters in it, or one for each cluster with the values in it. */
  charts = $state<'values' | 'clusters'>('values');
  shares = $state(false);
  chartOrder = $state<Order>('count');
  barOrder = $state<Order>('name');
  /** The column of dates, and the part of it that counts. */
  dates = $state<string | null>(null);
  span = $state.raw<Span>(null);

  /** The grouping and the value whose share is shown. */
  chosen = $state.raw<{ column: string; value: string } | null>(null);
  groupOrder = $state<Order>('count');
}

let last: { projectId: string; exploration: Exploration } | null = null;

/** The choices of a project, those of another are forgotten. */
export function explorationOf(projectId: string): Exploration {
  if (last?.projectId !== projectId) last = { projectId, exploration: new Exploration() };
  return last.exploration;
}
