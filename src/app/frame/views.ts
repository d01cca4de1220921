import type { Component } from 'svelte';
import type { Screen } from '../state/session';

export type View = () => Promise<{ default: Component }>;

/** Each screen is its own chunk: the first paint needs none of them. */
export const VIEWS: Record<
  Screen | 'inspector' | 'kstrip' | 'incoming' | 'queue' | 'saveProject' | 'sheet' | 'connect' | 'edits',
  View
> = {
  map: () => import('../screens/map/Map.svelte'),
  clusters: () => import('../screens/clusters/Clusters.svelte'),
  cluster: () => import('../screens/clusters/Cluster.svelte'),
  tree: () => import('../screens/tree/Tree.svelte'),
  explore: () => import('../screens/explore/Explore.svelte'),
  search: () => import('../screens/search/Search.svelte'),
  compare: () => import('../screens/compare/Compare.svelte'),
  data: () => import('../screens/data/Data.svelte'),
  export: () => import('../screens/export/Export.svelte'),
  settings: () => import('../screens/settings/Settings.svelte'),
  projects: () => import('../screens/projects/Projects.svelte'),
  inspector: () => import('../widgets/Inspector.svelte'),
  connect: () => import('../screens/connect/Connect.svelte'),
  incoming: () => import('../screens/incoming/Incoming.svelte'),
  saveProject: () => import('./SaveProject.svelte'),
  sheet: () => import('../screens/sheet/ContactSheet.svelte'),
  queue: () => import('../screens/queue/Queue.svelte'),
  edits: () => import('../screens/edits/EditsDialog.svelte'),
  kstrip: () => import('../widgets/KStrip.svelte'),
};
