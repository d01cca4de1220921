import { clustersOf } from '../../../domain/clustering';
import { i18n } from '../../i18n/i18n.svelte';
import { pathColumnNames } from '../../../domain/path-columns';
import type { Session } from '../../state/session';
import { mapView } from './map-view.svelte';
import {
  clustersFound,
  columnTest,
  parseQuery,
  pathColumnTest,
  pathTest,
  rowsWhere,
  valuesFound,
  type ValueFound,
} from './search';

export interface Found {
  clusters: number[];
  values: ValueFound[];
  rows: Uint32Array;
}

const MOST_VALUES = 8;
const MOST_CLUSTERS = 12;
const WAIT_MS = 120;

/** What the search box of the map finds, while a person types. */
export class SearchRun {
  found = $state.raw<Found | null>(null);
  busy = $state(false);

  constructor(private readonly session: Session) {}

  /** Searches anew when the text or what is searched changes. Call in a component. */
  start(): void {
    $effect(() => {
      const typed = mapView.search;
      const { rows, columns, clustering, notes } = this.session;
      void [rows, columns.all, clustering, notes];
      const controller = new AbortController();
      const timer = setTimeout(() => void this.search(typed, controller.signal), WAIT_MS);
      return () => {
        clearTimeout(timer);
        controller.abort();
      };
    });
  }

  private async search(typed: string, signal: AbortSignal): Promise<void> {
    const { rows, columns, clustering, notes } = this.session;
    const { paths, n } = rows;
    const named = columns.all.map(({ column }) => column);
    const ofPaths = pathColumnNames(n > 0 ? paths.slice(0, MOST_ASKED) : []);
    const query = parseQuery(typed, [...named.map(({ name }) => name), ...ofPaths]);
    if (query.kind === 'nothing') {
      this.found = null;
      return;
    }
    const nameOf = (cluster: number): string => notes.get(cluster)?.name || i18n.m.views.cluster(cluster);
    const clusters =
      query.kind === 'column' || !clustering
        ? []
        : clustersFound(query.text, clustersOf(clustering), nameOf).slice(0, MOST_CLUSTERS);
    if (query.kind === 'cluster') {
      this.found = { clusters, values: [], rows: new Uint32Array() };
      return;
    }
    const values = query.kind === 'text' ? valuesFound(named, query.text, MOST_VALUES) : [];
    const column = query.kind === 'column' ? named.find(({ name }) => name === query.column) : undefined;
    const test =
      query.kind === 'text'
        ? pathTest(paths, query.text)
        : column
          ? columnTest(column, query.value)
          : pathColumnTest(paths, query.column, query.value);
    this.busy = true;
    const found = await rowsWhere(n, test, signal, () => new Promise((resume) => setTimeout(resume)));
    if (signal.aborted) return;
    this.busy = false;
    this.found = { clusters, values, rows: found ?? new Uint32Array() };
  }
}

/** Columns of paths are told from a part of them, as everywhere. */
const MOST_ASKED = 10_000;
