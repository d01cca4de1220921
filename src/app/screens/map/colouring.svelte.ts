import { isPathColumn } from '../../../domain/path-columns';
import { clustersOf } from '../../../domain/clustering';
import type { ProjectColumn } from '../../../domain/metadata';
import { i18n } from '../../i18n/i18n.svelte';
import { groupNames, groupsOf, rangesOf } from '../../state/column-groups';
import type { Session } from '../../state/session';
import { columnName } from '../../widgets/column-name';
import { membersByDistance } from '../clusters/members';
import { categoriesOf, sourceOf, type ColourBy } from './colour-by';
import {
  groupCount,
  groupSizes,
  only,
  passing,
  PARTS,
  rowsOfGroup,
  toggled,
  type Shown,
} from './legend-filter';
import { mapView } from './map-view.svelte';
import type { Categories } from './point-colours';
import { rampOf, STEPS, type Ramp } from './ramp';
import { SCORES, scoreValues, type Score } from './scores';

/** A colour of the map and the images that have it. */
export interface Entry {
  group: number;
  name: string;
  size: number;
}

/** Numbers that are places on a scale. */
interface Range {
  name: string;
  isDate: boolean;
  values: Float64Array;
}

const NOTHING: Categories = { codes: new Uint16Array(), count: 0 };

/** What colours the points of a session's map, what the colours are called, and which of them are let through. */
export class Colouring {
  constructor(private readonly session: Session) {}

  private get n(): number {
    return this.session.rows.n;
  }
  private get known(): readonly ProjectColumn[] {
    return this.session.columns.all;
  }

  private readonly groupers = $derived.by(() => ({ paths: this.session.rows.paths, columns: this.known }));
  private readonly ranges = $derived(rangesOf(this.known));
  /** Names of the columns that can colour the points. */
  readonly columns = $derived([...groupNames(this.groupers), ...this.ranges.map(({ name }) => name)]);
  readonly scores = $derived(
    SCORES.filter((score) => score === 'pixels' || this.session.clustering !== null),
  );

  readonly source = $derived(sourceOf(mapView.colourBy, this.columns));
  readonly by = $derived<ColourBy>(
    this.source.kind === 'cluster'
      ? 'cluster'
      : this.source.kind === 'score'
        ? `score:${this.source.score}`
        : `column:${this.source.column}`,
  );
  /** What the colours mean, in words. */
  readonly title = $derived.by(() => {
    const { source } = this;
    if (source.kind === 'cluster') return i18n.m.views.map.byCluster;
    return source.kind === 'score' ? scoreName(source.score) : columnName(source.column, i18n.m.views);
  });

  readonly range = $derived.by((): Range | null => {
    const { source, session } = this;
    if (source.kind === 'score') {
      const silhouettes = source.score === 'silhouette' ? session.scores.silhouettes.value() : null;
      const values = scoreValues(source.score, session.clustering, session.rows, silhouettes?.values ?? null);
      return values && { name: scoreName(source.score), isDate: false, values };
    }
    const found = source.kind === 'column' && this.ranges.find(({ name }) => name === source.column);
    return found ? { name: found.name, isDate: found.type === 'date', values: found.values } : null;
  });
  readonly ramp = $derived<Ramp | null>(this.range && rampOf(this.range.values, this.n));
  private readonly byColumn = $derived(
    this.source.kind === 'column' && !this.range
      ? categoriesOf(groupsOf(this.source.column, this.groupers))
      : null,
  );
  readonly categories = $derived.by((): Categories => {
    const { clustering } = this.session;
    if (this.source.kind !== 'cluster') return this.ramp ?? this.byColumn ?? NOTHING;
    return clustering ? { codes: clustering.labels, count: clustering.k } : NOTHING;
  });
  readonly isCluster = $derived(this.source.kind === 'cluster');
  /** Names beside the numbers on the map; a cluster that nobody named has the number alone. */
  readonly names = $derived.by((): string[] => {
    const none =
      this.source.kind === 'column' && isPathColumn(this.source.column)
        ? i18n.m.views.map.topFolder
        : i18n.m.study.tree.noValue;
    if (this.byColumn) return this.byColumn.values.map(({ value }) => value || none);
    if (!this.isCluster) return [];
    return Array.from({ length: this.categories.count }, (_, c) => this.session.notes.get(c)?.name ?? '');
  });

  private readonly sizes = $derived(groupSizes(this.categories, this.n));
  readonly groups = $derived(groupCount(this.categories));
  readonly entries = $derived.by((): Entry[] => {
    const { clustering } = this.session;
    const groups =
      this.isCluster && clustering
        ? clustersOf(clustering)
        : Array.from({ length: this.groups }, (_, group) => group);
    return groups.map((group) => ({ group, name: this.nameOf(group), size: this.sizes[group] }));
  });
  /** Images without a colour of their own. */
  readonly rest = $derived(this.sizes[this.groups]);
  /** They are of two kinds, which only clusters tell apart. */
  readonly pending = $derived.by(() => {
    const { clustering, rows } = this.session;
    return this.isCluster && clustering ? Math.max(rows.n - clustering.labels.length, 0) : 0;
  });

  private readonly key = $derived.by(() => `${this.by} ${this.groups} ${this.session.project?.id}`);
  readonly shown = $derived<Shown>(mapView.filter.of === this.key ? mapView.filter.shown : null);
  /** n flags of what is let through; null: everything. */
  readonly passes = $derived(this.shown && passing(this.categories, this.n, this.shown));
  readonly passed = $derived(
    this.shown ? [...this.shown].reduce((sum, group) => sum + this.sizes[group], 0) : this.n,
  );

  /** An entry was pressed: alone, or with a key that adds it to the others. */
  press(group: number, several: boolean): void {
    const choices = this.entries.length + (this.rest > 0 ? 1 : 0);
    const shown = several ? toggled(this.shown, group, choices) : only(this.shown, group);
    mapView.filter = { of: this.key, shown };
  }
  showAll(): void {
    mapView.filter = { of: '', shown: null };
  }

  /** What a group is called: its cluster or value, or from where to where it goes on the scale. */
  nameOf(group: number): string {
    if (group >= this.groups) return this.nameOfRest;
    if (this.ramp) return i18n.m.mapping.range(this.edge(group), this.edge(group + 1));
    return this.names[group] || i18n.m.views.cluster(group);
  }
  private readonly nameOfRest = $derived(
    this.isCluster
      ? i18n.m.mapping.noCluster
      : this.byColumn
        ? i18n.m.mapping.otherValues
        : i18n.m.study.tree.noValue,
  );

  /** What a row of a group is coloured by: its place on the scale, or the name of the group. */
  valueOf(row: number, group: number): string {
    const value = this.range?.values[row] ?? NaN;
    return Number.isNaN(value) ? this.nameOf(group) : this.written(value);
  }

  /** The value where a part of the scale begins. */
  edge(part: number): string {
    const { ramp } = this;
    return ramp ? this.written(ramp.low + (part / PARTS) * (ramp.high - ramp.low)) : '';
  }

  private written(value: number): string {
    const { date, short } = i18n.m.metadata.value;
    return this.range?.isDate ? date(Math.round(value)) : short(value);
  }

  /** The code that has the colour of a group; the middle one of a part of a scale. */
  codeOf(group: number): number {
    if (group >= this.groups) return -1;
    return this.ramp ? ((group + 0.5) * STEPS) / PARTS : group;
  }

  /** The images of a group: those of a cluster nearest the centre first, those of a scale by their value. */
  rowsOf(group: number): Uint32Array {
    const { clustering, rows } = this.session;
    if (this.isCluster && clustering && group < clustering.k) return membersByDistance(clustering, group);
    const found = rowsOfGroup(this.categories, rows.n, group);
    const values = this.range?.values;
    return values && group < this.groups ? found.sort((a, b) => values[a] - values[b] || a - b) : found;
  }
}

export function scoreName(score: Score): string {
  return i18n.m.mapping.scores[score];
}
