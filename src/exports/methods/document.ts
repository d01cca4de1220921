import { clustersOf, type Clustering, type Sweep } from '../../domain/clustering';
import type { SkipCode } from '../../domain/files';
import { plusMinus } from '../plus-minus';
import type { Block } from './blocks';
import { editsChapter } from './edits';
import { repeatCommand } from './command';
import type { JoinedTable, MethodsFacts } from './facts';
import { mapBlocks } from './map';
import { references } from './references';
import type { Words } from './words/en';

/** Skipped files listed in the appendix; the others are counted. */
export const MOST_LISTED = 500;

/** Numbers as the language writes them. */
interface Numbers {
  int(n: number): string;
  /** Four significant digits. */
  real(n: number): string;
  /** A value and its error, with the same decimals. */
  plusMinus(value: number, error: number): string;
  share(part: number): string;
}

function numbersOf(locale: string): Numbers {
  const whole = new Intl.NumberFormat(locale);
  const real = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 });
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  return {
    int: (n) => whole.format(n),
    real: (n) => (Number.isFinite(n) ? real.format(n) : '–'),
    plusMinus: (value, error) => plusMinus(value, error, locale),
    share: (part) => share.format(part),
  };
}

/** The methods page as a document: how the vectors and clusters of a project were made. All numbers are those of `facts`. */
export function methodsDocument(facts: MethodsFacts, w: Words): Block[] {
  const f = numbersOf(w.locale);
  return [
    { kind: 'title', text: w.title(facts.project) },
    { kind: 'text', text: summary(facts, w, f) },
    { kind: 'heading', text: w.software },
    { kind: 'facts', rows: software(facts, w) },
    { kind: 'heading', text: w.images },
    ...images(facts, w, f),
    { kind: 'heading', text: w.descriptor },
    { kind: 'facts', rows: descriptor(facts, w, f) },
    ...clustering(facts, w, f),
    ...mapBlocks(facts.projection, w.map, f),
    ...joined(facts.tables, w, f),
    ...repeat(facts, w),
    { kind: 'heading', text: w.references },
    { kind: 'list', items: references(facts) },
    ...appendix(facts, w, f),
  ];
}

const day = (time: number, w: Words): string =>
  new Intl.DateTimeFormat(w.locale, { dateStyle: 'long', timeStyle: 'short' }).format(time);

function summary({ project, counts, sweep, clustering }: MethodsFacts, w: Words, f: Numbers): string {
  const first = w.summary(f.int(counts.embedded), project);
  if (!sweep || !clustering) return `${first} ${w.notClustered}`;
  const k = f.int((clustering.base ?? clustering).k);
  const model = sweep.model;
  if (model) return `${first} ${w.labelled(k, model.name, day(Date.parse(model.savedAt), w))}`;
  return `${first} ${w.clustered(k, f.int(sweep.d))}`;
}

function software({ app, time, browser, backend, sweep }: MethodsFacts, w: Words): [string, string][] {
  const network = backend
    ? [
        w.backends[backend.backend],
        backend.device,
        backend.backend === 'wasm' ? w.threads(backend.threads) : '',
      ]
    : [w.unknownBackend];
  const rows: [string, string][] = [
    [w.version, app],
    [w.date, day(time, w)],
    [w.browser, browser],
    [w.embeddedBy, network.filter(Boolean).join(', ')],
  ];
  if (sweep) rows.push([w.clusteredBy, `${w.engines[sweep.engine]}, ${sweep.adapter}`]);
  return rows;
}

function images({ counts, skipped }: MethodsFacts, w: Words, f: Numbers): Block[] {
  const rows: [string, string][] = [
    [w.announced, f.int(counts.announced)],
    [w.embedded, f.int(counts.embedded)],
    [w.duplicates, f.int(counts.duplicates)],
    [w.skippedFiles, f.int(counts.skipped)],
  ];
  if (counts.waiting > 0) rows.push([w.waiting, f.int(counts.waiting)]);
  if (counts.missing > 0) rows.push([w.missing, f.int(counts.missing)]);
  const byReason = new Map<SkipCode, number>();
  for (const { code } of skipped) byReason.set(code, (byReason.get(code) ?? 0) + 1);
  const reasons = [...byReason].sort(([, a], [, b]) => b - a);
  const blocks: Block[] = [{ kind: 'facts', rows }];
  if (reasons.length > 0)
    blocks.push({
      kind: 'table',
      caption: w.reasons,
      head: [w.reason, w.number],
      rows: reasons.map(([code, n]) => [w.skips[code], f.int(n)]),
    });
  return blocks;
}

function descriptor({ spec }: MethodsFacts, w: Words, f: Numbers): [string, string][] {
  const size = (width: number, height: number): string => `${width} × ${height} px`;
  if (spec.kind === 'pixels')
    return [
      [w.network, w.pixels],
      [w.dimension, f.int(spec.dim)],
      [w.size, size(spec.width, spec.height)],
      [w.resize, w.resizes.squash],
      [w.filter, w.filterText],
    ];
  if (spec.kind === 'vectors') {
    const { title, dim, file, paths } = spec;
    const matched: [string, string][] = paths === '' ? [] : [[w.foreignPaths, paths]];
    return [[w.foreign, title], [w.dimension, f.int(dim)], [w.foreignFile, file], ...matched];
  }
  const { input } = spec;
  const list = (three: readonly number[]): string => three.map((x) => f.real(x)).join('; ');
  const scale = input.scale === 1 / 255 ? '1/255' : f.real(input.scale);
  return [
    [w.network, spec.title],
    [w.sha256, spec.sha256],
    [w.layer, spec.layer],
    [w.pooling, w.pools[spec.pool]],
    ...(spec.dim > 0 ? [[w.dimension, f.int(spec.dim)] as [string, string]] : []),
    [w.size, size(input.width, input.height)],
    [w.resize, w.resizes[spec.resize]],
    [w.filter, w.filterText],
    [w.channels, `${input.channels}, ${input.layout}`],
    [w.normalisation, w.normalised(scale, list(input.mean), list(input.std))],
  ];
}

function clustering(
  { sweep, clustering: fit, notes, edits = [] }: MethodsFacts,
  w: Words,
  f: Numbers,
): Block[] {
  if (!sweep || !fit) return [];
  return [
    { kind: 'heading', text: w.clustering },
    { kind: 'facts', rows: settings(sweep, w, f) },
    ...(sweep.model ? [] : choice(sweep, fit.base ?? fit, w, f)),
    ...editsChapter(fit, edits, w, f),
    { kind: 'heading', text: w.sizes },
    {
      kind: 'table',
      caption: w.sizesCaption,
      head: [w.cluster, w.name, w.size_, w.share],
      rows: clustersOf(fit).map((cluster) => [
        String(cluster),
        notes.get(cluster)?.name ?? '',
        f.int(fit.sizes[cluster]),
        f.share(fit.sizes[cluster] / sweep.n),
      ]),
    },
  ];
}

function settings(sweep: Sweep, w: Words, f: Numbers): [string, string][] {
  const { clusterings, preparation, scoredRows, model } = sweep;
  const components = preparation?.pca?.variances.length ?? sweep.pca;
  const explained = preparation?.pca?.explained.reduce((sum, part) => sum + part, 0);
  const fitted = scoredRows === undefined ? w.lloyd : w.minibatch;
  const rows: [string, string][] = [
    [w.method, model ? w.byModel : fitted],
    [w.scaling, w.scalings[sweep.scaling]],
    [
      w.pca,
      components === null
        ? w.noPca
        : w.reduced(f.int(components), explained === undefined ? null : f.share(explained)),
    ],
  ];
  if (model) return rows;
  return [
    ...rows,
    [w.kTried, clusterings.map(({ k }) => k).join(', ')],
    [w.restarts, f.int(sweep.nInit)],
    [w.iterations, f.int(sweep.maxIterations)],
    [w.tolerance, String(sweep.tolerance)],
    [w.seed, String(sweep.seed)],
    [w.seconds, w.secondsValue(f.real(sweep.seconds))],
  ];
}

function choice(sweep: Sweep, fit: Clustering, w: Words, f: Numbers): Block[] {
  const { clusterings, choice: chosen, n, scoredRows } = sweep;
  const of = (k: number | null): Clustering | undefined => clusterings.find((one) => one.k === k);
  const value = ({ silhouette, silhouetteSample, silhouetteError }: Clustering): string =>
    silhouetteSample < n ? f.plusMinus(silhouette, silhouetteError) : f.real(silhouette);
  const best = of(chosen.k);
  const second = of(chosen.runnerUp);
  const pick = (k: number | null): string => (k === null ? w.none : f.int(k));
  const sentences = [
    fit.k === chosen.k ? w.chosen(f.int(fit.k), value(fit)) : w.byHand(f.int(fit.k), value(fit)),
    ...(best && fit.k !== chosen.k ? [w.highest(f.int(best.k), value(best))] : []),
    ...(second ? [w.runnerUp(f.int(second.k), value(second))] : []),
    w.others(pick(chosen.elbow), pick(chosen.byCalinskiHarabasz), pick(chosen.byDaviesBouldin)),
    scoredRows !== undefined
      ? w.scored(f.int(scoredRows))
      : fit.silhouetteSample < n
        ? w.sampled(f.int(fit.silhouetteSample), f.int(n))
        : w.exact(f.int(n)),
  ];
  return [
    { kind: 'heading', text: w.choice },
    { kind: 'text', text: sentences.join(' ') },
    {
      kind: 'table',
      caption: w.scores,
      head: ['k', w.inertia, w.silhouette, w.error, w.squared, w.calinski, w.davies],
      rows: clusterings.map((one) => [
        String(one.k),
        f.real(one.inertia),
        f.real(one.silhouette),
        one.silhouetteSample < n ? f.real(one.silhouetteError) : '–',
        one.silhouetteSquared === undefined ? '–' : f.real(one.silhouetteSquared),
        f.real(one.calinskiHarabasz),
        f.real(one.daviesBouldin),
      ]),
    },
  ];
}

function joined(tables: readonly JoinedTable[], w: Words, f: Numbers): Block[] {
  if (tables.length === 0) return [];
  const by = ({ key }: JoinedTable): string =>
    [w.bys[key.by], key.extension ? '' : w.withoutExtension, key.ignoreCase ? w.ignoringCase : '']
      .filter(Boolean)
      .join(', ');
  return [
    { kind: 'heading', text: w.tables },
    {
      kind: 'table',
      caption: w.tablesCaption,
      head: [w.table, w.rows, w.key, w.by, w.matched],
      rows: tables.map((table) => [
        table.name,
        f.int(table.rows),
        table.key.column,
        by(table),
        w.of(f.int(table.matched), f.int(table.images)),
      ]),
    },
  ];
}

function repeat(facts: MethodsFacts, w: Words): Block[] {
  const command = repeatCommand(facts);
  const heading: Block = { kind: 'heading', text: w.repeat };
  if (command === null) return [heading, { kind: 'text', text: w.repeatByHand }];
  const { spec, isOwnNetwork } = facts;
  const needs = spec.kind === 'network' && !isOwnNetwork ? spec.sha256 : null;
  const but = facts.edits?.length ? ` ${w.edits.notRepeated}` : '';
  return [heading, { kind: 'text', text: w.repeatText(needs) + but }, { kind: 'code', text: command }];
}

function appendix({ skipped }: MethodsFacts, w: Words, f: Numbers): Block[] {
  if (skipped.length === 0) return [];
  const listed = skipped.slice(0, MOST_LISTED);
  const left = skipped.length - listed.length;
  return [
    { kind: 'heading', text: w.appendix },
    {
      kind: 'table',
      caption: w.skippedFiles,
      head: [w.file, w.reason],
      rows: listed.map(({ path, code, detail }) => [
        path,
        detail ? `${w.skips[code]} (${detail})` : w.skips[code],
      ]),
    },
    ...(left > 0 ? [{ kind: 'text', text: w.left(f.int(left)) } as const] : []),
  ];
}
