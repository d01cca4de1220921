import { textAt, type Column, type JoinKey, type Table } from '../../domain/table';

export type { JoinKey } from '../../domain/table';

export interface JoinCandidate extends JoinKey {
  /** Images that have a row, and their share of all images. */
  matched: number;
  rate: number;
}

export interface Joined {
  /** Row of each image, -1 where there is none. */
  rows: Int32Array;
  /** Images without a row, rows without an image. */
  imagesWithout: number[];
  rowsWithout: number[];
  /** Keys in several rows, of which the first counts. */
  duplicates: { key: string; rows: number[] }[];
  /** Rows that lead to several images and therefore to none. */
  ambiguous: number[];
}

const EXTENSIONS = new Set(
  'jpg jpeg png gif webp bmp tif tiff avif heic heif jxl jp2 ico svg dng cr2 nef arw'.split(' '),
);
const LONGEST = 5;
/** Values of a column that are tried before it is compared as a whole. */
const SAMPLE = 20_000;

/** From strict to loose: of equal rates the strictest wins. */
const WAYS: Omit<JoinKey, 'column'>[] = (['path', 'suffix', 'name'] as const).flatMap((by) =>
  [true, false].flatMap((extension) => [false, true].map((ignoreCase) => ({ by, extension, ignoreCase }))),
);

/**
 * For each column the way by which most images find a row, the best column first; columns of which no value leads to an
 * image are left out. Once all images find a row, no looser way is tried. The first of the list is the suggestion. `report` is told the share of the ways that are tried.
 */
export function joinCandidates(
  paths: readonly string[],
  { columns }: Table,
  report: (fraction: number) => void = () => undefined,
): JoinCandidate[] {
  const candidates = columns
    .filter(({ type }) => type === 'text' || type === 'number')
    .map((column) => ({ column, keys: differentKeys(column), best: null as JoinCandidate | null, way: 0 }));
  // One index at a time: each holds a key per image.
  for (const [w, way] of WAYS.entries()) {
    const index = new ImageIndex(paths, way);
    for (const candidate of candidates) {
      const matched = hasAny(index, candidate.keys) ? index.count(candidate.keys) : 0;
      if (matched <= (candidate.best?.matched ?? 0)) continue;
      const { name } = candidate.column;
      candidate.best = { column: name, ...way, matched, rate: matched / paths.length };
      candidate.way = w;
    }
    report((w + 1) / WAYS.length);
    if (candidates.some(({ best }) => best?.matched === paths.length)) break;
  }
  return candidates
    .sort((a, b) => (b.best?.matched ?? 0) - (a.best?.matched ?? 0) || a.way - b.way)
    .flatMap(({ best }) => best ?? []);
}

/** Joins images and rows by a key, and lists everything that finds no partner. */
export function joinTable(paths: readonly string[], table: Table, { column: name, ...way }: JoinKey): Joined {
  const column = table.columns.find((one) => one.name === name);
  const index = new ImageIndex(paths, way);
  const rows = new Int32Array(paths.length).fill(-1);
  const rowsWithout: number[] = [];
  const ambiguous: number[] = [];
  // Nearly all keys are in one row only: a list for each would be most of the memory.
  const firstOf = new Map<string, number>();
  const repeated = new Map<string, number[]>();
  for (let row = 0; row < table.n; row++) {
    const value = column ? textAt(column, row) : '';
    if (value === '') {
      rowsWithout.push(row);
      continue;
    }
    const key = normalized(value, way);
    const image = index.find(key);
    if (image === undefined) rowsWithout.push(row);
    else if (image === MANY) ambiguous.push(row);
    else if (rows[image] < 0) rows[image] = row;
    const first = firstOf.get(key);
    if (first === undefined) firstOf.set(key, row);
    else if (repeated.get(key)?.push(row) === undefined) repeated.set(key, [first, row]);
  }
  const duplicates = [...repeated].map(([key, all]) => ({ key, rows: all }));
  const imagesWithout = [...rows.keys()].filter((image) => rows[image] < 0);
  return { rows, imagesWithout, rowsWithout, duplicates, ambiguous };
}

/** Several images have the same key. */
const MANY = -2;
/** Images of one name that are compared one by one; of more, the ends of the paths are kept. */
const CROWD = 16;

/** Images by what a value of the column has to say to lead to them; built at first use. */
class ImageIndex {
  private byKey: Map<string, number> | null = null;
  /** The first image of each name, and the next of the same name, -1 at the end: a list for each would be most of the memory. */
  private byName: Map<string, number> | null = null;
  private next = new Int32Array(0);
  private keys: string[] = [];
  private readonly crowds = new Map<string, { short: Map<string, number>; whole: Map<string, number> }>();

  constructor(
    private readonly paths: readonly string[],
    readonly way: Omit<JoinKey, 'column'>,
  ) {}

  /** The image, `MANY`, or undefined; `key` as `normalized` makes it. */
  find(key: string): number | undefined {
    return this.way.by === 'suffix'
      ? this.findSuffix(key)
      : this.whole().get(this.way.by === 'name' ? nameOf(key) : key);
  }

  /** Images that some of the values lead to. */
  count(values: readonly string[]): number {
    const found = new Set<number>();
    for (const value of values) {
      const image = this.find(normalized(value, this.way));
      if (image !== undefined && image !== MANY) found.add(image);
    }
    return found.size;
  }

  private whole(): Map<string, number> {
    if (this.byKey) return this.byKey;
    this.byKey = new Map();
    for (const [image, path] of this.paths.entries()) {
      const key = this.way.by === 'name' ? nameOf(normalized(path, this.way)) : normalized(path, this.way);
      this.byKey.set(key, this.byKey.has(key) ? MANY : image);
    }
    return this.byKey;
  }

  private findSuffix(key: string): number | undefined {
    if (!this.byName) {
      this.byName = new Map();
      this.keys = this.paths.map((path) => normalized(path, this.way));
      this.next = new Int32Array(this.paths.length);
      for (const [image, path] of this.keys.entries()) {
        const name = nameOf(path);
        this.next[image] = this.byName.get(name) ?? -1;
        this.byName.set(name, image);
      }
    }
    const name = nameOf(key);
    const named: number[] = [];
    for (let image = this.byName.get(name) ?? -1; image >= 0; image = this.next[image]) {
      named.push(image);
      if (named.length > CROWD) return this.findInCrowd(name, key);
    }
    const fits = named.filter(
      (image) => endsWithPath(this.keys[image], key) || endsWithPath(key, this.keys[image]),
    );
    return fits.length > 1 ? MANY : fits[0];
  }

  /** The same among many images of one name, such as a folder for each image: by all ends of their paths. */
  private findInCrowd(name: string, key: string): number | undefined {
    let ends = this.crowds.get(name);
    if (!ends) {
      this.crowds.set(name, (ends = { short: new Map(), whole: new Map() }));
      for (let image = this.byName!.get(name) ?? -1; image >= 0; image = this.next[image]) {
        for (const end of endsOf(this.keys[image])) add(ends.short, end, image);
        add(ends.whole, this.keys[image], image);
      }
    }
    const longer = ends.short.get(key);
    // What is as long as the key has been found already.
    const shorter = endsOf(key)
      .slice(1)
      .flatMap((end) => ends.whole.get(end) ?? []);
    const fits = longer === undefined ? shorter : [longer, ...shorter];
    return fits.length > 1 ? MANY : fits[0];
  }
}

function hasAny(index: ImageIndex, keys: readonly string[]): boolean {
  const step = Math.max(1, Math.floor(keys.length / SAMPLE));
  for (let i = 0; i < keys.length; i += step)
    if (index.find(normalized(keys[i], index.way)) !== undefined) return true;
  return false;
}

function differentKeys(column: Column): string[] {
  if (column.type === 'text') return column.words.slice(1);
  return [...new Set(column.values)].filter((value) => !Number.isNaN(value)).map(String);
}

function normalized(value: string, { extension, ignoreCase }: Omit<JoinKey, 'column'>): string {
  let key = value.trim();
  // Asked before it is done: of a million values hardly any needs it.
  if (key.includes('\\')) key = key.replaceAll('\\', '/');
  if (key.startsWith('/') || key.startsWith('./')) key = key.replace(/^\.?\/+/, '');
  if (!extension) key = withoutExtension(key);
  // Accents are written in two ways; disks and tables differ.
  return (ignoreCase ? key.toLowerCase() : key).normalize('NFC');
}

function withoutExtension(key: string): string {
  const dot = key.lastIndexOf('.');
  const isImage = dot >= 0 && key.length - dot <= LONGEST && EXTENSIONS.has(key.slice(dot + 1).toLowerCase());
  return isImage ? key.slice(0, dot) : key;
}

/** A path and what follows each of its slashes, longest first. */
function endsOf(path: string): string[] {
  const ends = [path];
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) ends.push(path.slice(at + 1));
  return ends;
}

function add(map: Map<string, number>, key: string, image: number): void {
  map.set(key, map.has(key) ? MANY : image);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function endsWithPath(whole: string, end: string): boolean {
  return whole.endsWith(end) && (whole.length === end.length || whole[whole.length - end.length - 1] === '/');
}
