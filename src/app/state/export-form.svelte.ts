import type { OutTable } from '../../exports/out-table';
import { choicesOf, prepare, type Exported, type Prepared } from './export-artifact';
import type { ColumnChoice } from './export-columns';
import {
  choosesRows,
  FIRST_PLAN,
  FORMATS,
  rowsOf,
  SUBJECTS,
  withSubject,
  type ExportPlan,
  type RowChoice,
  type Subject,
} from './export-plan';

/** Where a table of images may start from. */
export const PRESETS = ['labels', 'pathLabel', 'everything'] as const;
export type Preset = (typeof PRESETS)[number];

/** The choices of a person on the export screen, and what they amount to. */
export class ExportForm {
  plan = $state<ExportPlan>({ ...FIRST_PLAN });

  constructor(private readonly from: () => Exported) {}

  /** The plan as it can be done now: what is gone since (a selection, a cluster) is not asked for. */
  readonly planned = $derived.by((): ExportPlan => {
    const plan = $state.snapshot(this.plan);
    const { clustering } = this.from().session;
    const rows = choosesRows(plan) && this.rowChoices.includes(plan.rows) ? plan.rows : 'all';
    const cluster = Math.min(plan.cluster, (clustering?.k ?? 1) - 1);
    return { ...plan, rows, cluster };
  });

  readonly subjects = $derived.by((): Subject[] => {
    const { clustering, sweep, rows } = this.from().session;
    return SUBJECTS.filter((subject) =>
      subject === 'clusters' ? clustering : subject === 'scores' ? sweep : rows.n > 0,
    );
  });

  readonly rowChoices = $derived.by((): RowChoice[] => {
    const { selection, clustering } = this.from().session;
    return [
      'all',
      ...(selection.count > 0 ? (['selection'] as const) : []),
      ...(clustering ? (['cluster'] as const) : []),
    ];
  });

  readonly columns = $derived.by((): ColumnChoice[] => choicesOf(this.from()));

  /** null while there is nothing of the kind, or no column is chosen. */
  readonly prepared = $derived.by((): Prepared | null => {
    if (!this.subjects.includes(this.planned.subject)) return null;
    const prepared = prepare(this.planned, this.from(), this.columns);
    return prepared.table.columns.length > 0 ? prepared : null;
  });

  get table(): OutTable | null {
    return this.prepared?.table ?? null;
  }

  /** Images that a choice of rows would take. */
  countOf(rows: RowChoice): number {
    const { session } = this.from();
    if (rows === 'all') return session.rows.n;
    if (rows === 'selection') return session.selection.count;
    const labels = session.clustering?.labels ?? null;
    const { cluster } = this.planned;
    return rowsOf({ rows, cluster }, { n: session.rows.n, selected: session.selection.rows, labels }).length;
  }

  choose(subject: Subject): void {
    this.plan = withSubject(this.plan, subject);
  }

  get formats(): (typeof FORMATS)[Subject] {
    return FORMATS[this.plan.subject];
  }

  startFrom(preset: Preset): void {
    const keys = this.columns.map(({ key }) => key);
    const wanted: Record<Preset, string[]> = {
      labels: ['path', 'cluster', 'cluster_name', 'distance'],
      pathLabel: ['path', 'cluster'],
      everything: keys,
    };
    this.plan.columns = wanted[preset];
  }

  toggle(keys: readonly string[], on: boolean): void {
    const others = this.plan.columns.filter((key) => !keys.includes(key));
    this.plan.columns = on ? [...others, ...keys] : others;
  }
}
