import { groupNames, groupsOf, rangesOf, type Groupers } from '../../state/column-groups';
import { binEdges, binOf } from '../explore/bins';
import { benjaminiHochberg, FALSE_DISCOVERIES, fisherExact } from '../explore/enrichment';

/** Ranges that numbers and dates are cut into, about so many. */
const BINS = 24;

/** A value of a column: how many images of the cluster and of the others have it. */
export interface ContrastValue {
  /** '' for images without a value. */
  name: string;
  here: number;
  rest: number;
  /** Share here over share of the others; Infinity where no other image has it. */
  ratio: number;
  /** More frequent here, by Fisher's exact test at the rate of `FALSE_DISCOVERIES`. */
  over: boolean;
}

export interface ContrastBin {
  low: number;
  high: number;
  here: number;
  rest: number;
}

/** A column in a cluster against all other images: its values (the most frequent here first), or ranges of them. */
export type Contrast = {
  column: string;
  hereN: number;
  restN: number;
  /** 0..1: half the summed difference of the shares. */ distance: number;
} & (
  | { kind: 'values'; values: ContrastValue[] }
  | { kind: 'ranges'; type: 'number' | 'date'; bins: ContrastBin[]; medianHere: number; medianRest: number }
);

/** Columns that can be contrasted: what groups images, and numbers and dates on a scale. */
export function contrastColumns(groupers: Groupers): string[] {
  return [...groupNames(groupers), ...rangesOf(groupers.columns).map(({ name }) => name)];
}

/** `clustered` says of each row whether it is in any cluster; others are left out. Null where one side has no value. */
export function contrastOf(
  name: string,
  groupers: Groupers,
  members: Uint32Array,
  clustered: (row: number) => boolean,
): Contrast | null {
  const n = groupers.paths.length;
  const side = new Uint8Array(n);
  for (let row = 0; row < n; row++) side[row] = clustered(row) ? REST : NOWHERE;
  for (const row of members) if (row < n) side[row] = HERE;
  const range = rangesOf(groupers.columns).find((column) => column.name === name);
  return range ? ofRanges(range.name, range.type, range.values, side) : ofValues(name, groupers, side);
}

const NOWHERE = 0;
const REST = 1;
const HERE = 2;

function ofValues(name: string, groupers: Groupers, side: Uint8Array): Contrast | null {
  const { names, of } = groupsOf(name, groupers);
  const here = new Float64Array(names.length);
  const rest = new Float64Array(names.length);
  of.forEach((part, row) => {
    if (side[row] === HERE) here[part]++;
    else if (side[row] === REST) rest[part]++;
  });
  const [hereN, restN] = [sum(here), sum(rest)];
  if (hereN === 0 || restN === 0) return null;
  const ps = names.map((_, part) => fisherExact(here[part], hereN, here[part] + rest[part], hereN + restN));
  const qs = benjaminiHochberg(ps);
  const values = names
    .map((value, part): ContrastValue => {
      const ratio = here[part] / hereN / (rest[part] / restN);
      const over = qs[part] <= FALSE_DISCOVERIES && ratio > 1;
      return { name: value, here: here[part], rest: rest[part], ratio, over };
    })
    .filter((value) => value.here + value.rest > 0)
    .sort((a, b) => b.here - a.here || b.rest - a.rest);
  return { kind: 'values', column: name, hereN, restN, distance: variation(here, rest), values };
}

function ofRanges(
  name: string,
  type: 'number' | 'date',
  values: Float64Array,
  side: Uint8Array,
): Contrast | null {
  const edges = binEdges(values, BINS);
  const here = new Float64Array(Math.max(1, edges.length - 1));
  const rest = here.slice();
  const valuesHere: number[] = [];
  const valuesRest: number[] = [];
  values.forEach((value, row) => {
    if (!Number.isFinite(value) || !side[row]) return;
    const isHere = side[row] === HERE;
    (isHere ? here : rest)[binOf(value, edges)]++;
    (isHere ? valuesHere : valuesRest).push(value);
  });
  if (valuesHere.length === 0 || valuesRest.length === 0) return null;
  const bins = Array.from(here, (count, i) => ({
    low: edges[i],
    high: edges[i + 1],
    here: count,
    rest: rest[i],
  }));
  return {
    kind: 'ranges',
    type,
    column: name,
    hereN: valuesHere.length,
    restN: valuesRest.length,
    distance: variation(here, rest),
    bins,
    medianHere: median(valuesHere),
    medianRest: median(valuesRest),
  };
}

const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);

/** Total variation distance of two distributions given as counts. */
function variation(here: Float64Array, rest: Float64Array): number {
  const [a, b] = [sum(here), sum(rest)];
  return here.reduce((all, value, i) => all + Math.abs(value / a - rest[i] / b), 0) / 2;
}

function median(values: number[]): number {
  const sorted = Float64Array.from(values).sort();
  const half = (sorted.length - 1) / 2;
  return sorted[Math.floor(half)] / 2 + sorted[Math.ceil(half)] / 2;
}
