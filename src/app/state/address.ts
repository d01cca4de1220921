import type { BackendChoice } from '../../domain/project';
import { RAIL } from './keys';
import type { Screen } from './session';

const BACKENDS: readonly string[] = ['auto', 'webgpu', 'wasm'];
const SCREENS: readonly Screen[] = [...RAIL, 'export'];

export interface Place {
  screen: Screen;
  cluster: number | null;
  /** The node of a tree whose page is open, or the part of Explore. */
  node: string | null;
}

/** `?backend=webgpu|wasm|auto` overrides the project's choice; anything else is ignored. */
export function backendFromQuery(search: string): BackendChoice | null {
  const value = new URLSearchParams(search).get('backend');
  return value && BACKENDS.includes(value) ? (value as BackendChoice) : null;
}

/** `#map`, `#clusters`, `#cluster-7`, `#tree-root-14-3`, `#explore-means` …; null when the address names no screen. */
export function placeFromHash(hash: string): Place | null {
  const name = hash.replace(/^#/, '');
  const cluster = /^cluster-(\d{1,5})$/.exec(name);
  if (cluster) return { screen: 'cluster', cluster: Number(cluster[1]), node: null };
  const node = /^tree-(root(?:-\d{1,5}){0,64})$/.exec(name);
  if (node) return { screen: 'tree', cluster: null, node: node[1] };
  const part = /^explore-([a-z]{1,32})$/.exec(name);
  if (part) return { screen: 'explore', cluster: null, node: part[1] };
  const screen = SCREENS.find((s) => s === name);
  return screen ? { screen, cluster: null, node: null } : null;
}

export function placeToHash({ screen, cluster, node }: Place): string {
  if ((screen === 'tree' || screen === 'explore') && node !== null) return `#${screen}-${node}`;
  return screen === 'cluster' ? `#cluster-${cluster ?? 0}` : `#${screen}`;
}
