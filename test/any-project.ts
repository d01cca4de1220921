import fc from 'fast-check';
import type { Clustering, ClusterNote, Sweep } from '../src/domain/clustering';
import type { EditLog } from '../src/domain/edits';
import type { Hierarchy } from '../src/domain/hierarchy';
import type { ClusterModel, Preparation } from '../src/domain/model';
import { DEFAULT_PROJECTION, kindOf, type Projection } from '../src/domain/projection';
import { RAW_PIXELS, specKey, type EmbedSpec, type NetworkSpec } from '../src/domain/spec';
import type { Column } from '../src/domain/table';
import { sha256 } from '../src/pipeline/hash';
import { beginArrival, finishArrival, putArriving, type Put } from '../src/store/arriving-project';
import { asOriginal, originalSize } from '../src/store/intake';
import { EMPTY_TALLY, type StoreName, type Tally } from '../src/store/schema';
import { arrayBytes, tableBytes } from '../src/store/size';
import { packThumbs } from '../src/store/thumbs';

export const NETWORK: NetworkSpec = {
  kind: 'network',
  sha256: 'ab'.repeat(32),
  title: 'a network',
  layer: 'pool',
  pool: 'avg',
  dim: 0,
  input: {
    name: 'x',
    width: 8,
    height: 8,
    layout: 'NCHW',
    channels: 'RGB',
    scale: 1 / 255,
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
  },
  resize: 'squash',
};

/** What a project is made of; every list may be empty. */
export interface AnyProject {
  name: string;
  /** Paths of files; each holds image `image`, was skipped, or was never read. */
  files: { path: string; size: number; fate: { image: number } | 'skipped' | 'missing' }[];
  /** Numbers of a vector, and a seed for whatever has to be some number. */
  d: number;
  seed: number;
  descriptors: number;
  columns: Column[];
  note: string;
  k: number;
}

const double = fc.double();
const odd = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    '../../etc/passwd',
    '=1+1',
    '<img onerror=alert(1)>',
    'ключ',
    '\ud800',
    '__proto__',
    'a\n"b"\\',
  ),
);

const column = (n: number): fc.Arbitrary<Column> =>
  fc.oneof(
    fc.record({ name: odd, type: fc.constant('number' as const), values: numbers(n, double) }),
    fc.record({
      name: odd,
      type: fc.constant('date' as const),
      values: numbers(n, fc.oneof(fc.integer(), fc.constant(NaN))),
    }),
    fc.record({
      name: odd,
      type: fc.constant('boolean' as const),
      values: fc
        .array(fc.integer({ min: 0, max: 2 }), { minLength: n, maxLength: n })
        .map((flags) => Uint8Array.from(flags)),
    }),
    fc
      .uniqueArray(
        odd.filter((word) => word !== ''),
        { maxLength: 5 },
      )
      .chain((words) =>
        fc.record({
          name: odd,
          type: fc.constant('text' as const),
          words: fc.constant<string[]>(['', ...words]),
          codes: fc
            .array(fc.integer({ min: 0, max: words.length }), { minLength: n, maxLength: n })
            .map((codes) => Uint32Array.from(codes)),
        }),
      ),
  );

const numbers = (n: number, value: fc.Arbitrary<number>): fc.Arbitrary<Float64Array> =>
  fc.array(value, { minLength: n, maxLength: n }).map((values) => Float64Array.from(values));

export const anyProject: fc.Arbitrary<AnyProject> = fc
  .record({
    name: odd,
    files: fc.array(
      fc.record({
        path: odd,
        size: fc.nat(),
        fate: fc.oneof(
          { weight: 6, arbitrary: fc.record({ image: fc.nat(40) }) },
          fc.constantFrom('skipped' as const, 'missing' as const),
        ),
      }),
      { maxLength: 150 },
    ),
    d: fc.integer({ min: 1, max: 5 }),
    seed: fc.nat(),
    descriptors: fc.integer({ min: 0, max: 3 }),
    note: odd,
    k: fc.integer({ min: 1, max: 4 }),
  })
  .chain((rest) =>
    fc.array(column(rest.files.length), { maxLength: 4 }).map((columns) => ({ ...rest, columns })),
  );

const NO_FIT = { d: 0, kMin: 0, kMax: 0, starts: 0, browser: 'abc' };

/** Some numbers that depend on a seed only. */
function some(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

/** Image `i` as bytes. */
export const imageBytes = (i: number): Uint8Array<ArrayBuffer> => new TextEncoder().encode(`image ${i}`);

/** Writes such a project into the store, with true books. */
export async function storeProject(made: AnyProject): Promise<string> {
  const id = crypto.randomUUID();
  const random = some(made.seed);
  const tally: Tally = { ...structuredClone(EMPTY_TALLY), announced: made.files.length };
  const puts: Put[] = [];
  const add = (store: Exclude<StoreName, 'projects' | 'tallies'>, key: IDBValidKey[], value: unknown): void =>
    void puts.push((tx) => tx.objectStore(store).add(value as never, [id, ...key] as never));

  const rows: { seq: number; hash: string; image: number }[] = [];
  const intake: { seq: number; hash: string }[] = [];
  for (const [seq, { size, fate }] of made.files.entries()) {
    tally.bytes += size;
    if (fate === 'skipped') {
      add('skips', [seq], { seq, code: 'broken', ...(seq % 2 && { detail: made.note }) });
      tally.skipped++;
    } else if (fate !== 'missing') {
      const hash = await sha256(imageBytes(fate.image));
      if (rows.some((row) => row.hash === hash)) tally.duplicates++;
      else rows.push({ seq, hash, image: fate.image });
      intake.push({ seq, hash });
    }
  }
  for (let at = 0; at < made.files.length; at += 50)
    add('files', [at], {
      seq0: at,
      files: made.files.slice(at, at + 50).map(({ path, size }, i) => ({ path, size, modified: at + i })),
    });
  for (let at = 0; at < intake.length; at += 40) {
    const part = intake.slice(at, at + 40);
    add('intake', [part[0].seq], { seqs: part.map(({ seq }) => seq), hashes: part.map(({ hash }) => hash) });
  }
  for (let row0 = 0; row0 < rows.length; row0 += 7) {
    const part = rows.slice(row0, row0 + 7);
    add('rows', [row0], {
      row0,
      n: part.length,
      seqs: part.map(({ seq }) => seq),
      hashes: part.map(({ hash }) => hash),
      widths: Uint32Array.from(part, () => 1 + random() * 5000),
      heights: Uint32Array.from(part, () => 1 + random() * 5000),
    });
    const thumbs = packThumbs(
      row0,
      part.map(({ image }) => imageBytes(image).subarray(0, image % 8)),
    );
    tally.storedBytes += thumbs.data.length;
    add('thumbs', [row0], thumbs);
  }
  for (const { hash, image } of rows) {
    const original = asOriginal(imageBytes(image));
    tally.storedBytes += originalSize(original);
    add('blobs', [hash], original);
  }
  tally.rows = rows.length;

  const specs: EmbedSpec[] = [RAW_PIXELS, NETWORK, { ...NETWORK, layer: 'other' }].slice(0, made.descriptors);
  for (const [i, spec] of specs.entries()) {
    const key = specKey(spec);
    // The last may cover a part of the rows.
    const n = i === 2 ? Math.floor(rows.length / 2) : rows.length;
    for (let row0 = 0; row0 < n; row0 += 11) {
      const count = Math.min(11, n - row0);
      const data = Float32Array.from({ length: count * made.d }, () => random() - 0.5);
      tally.storedBytes += data.byteLength;
      add('vectors', [key, row0], { row0, n: count, d: made.d, data, ...(i === 1 && { bad: [row0] }) });
    }
    tally.covered[key] = n;
    add('descriptors', [key], { spec, addedAt: i });
    const hashes = Array.from({ length: 3 }, (_, j) => `${i}${j}`.repeat(32));
    const waiting = { hashes, d: made.d, data: Float32Array.from({ length: 3 * made.d }, random) };
    tally.storedBytes += waiting.data.byteLength;
    add('imported', [key, 0], waiting);
    if (n === 0) continue;
    const sweep = sweepOf(key, n, made, random);
    add('sweeps', [key], sweep);
    const named = new Map<number, ClusterNote>([[0, { name: made.note, note: made.name }]]);
    add('notes', [`${key}|${n}`, made.k], named);
    const log = editsOf(key, n, made, named);
    add('edits', [log.sweep, log.k], log);
    const tree = treeOf(key, n, made, random);
    tally.storedBytes += arrayBytes(tree);
    add(
      'hierarchies',
      [key, i === 0 ? 'kmeans' : 'parts'],
      i === 0 ? tree : { ...tree, by: { column: made.note } },
    );
    for (const map of mapsOf(key, n, made, random)) {
      tally.storedBytes += arrayBytes(map);
      add('projections', [key, kindOf(map)], map);
    }
    const kept = { id: `model-${i}`, name: made.note, model: modelOf(spec, made, random) };
    tally.storedBytes += arrayBytes(kept);
    add('models', [kept.id], kept);
  }
  if (made.columns.length) {
    const n = made.files.length;
    const chunk = { seq0: 0, n, columns: made.columns };
    const table = { n, columns: made.columns, problems: [{ line: 3, reason: made.note }], problemCount: 9 };
    const key = { column: made.columns[0].name, by: 'suffix', extension: false, ignoreCase: true } as const;
    const kept = { id: 'table-1', name: made.note, addedAt: 5, key, table };
    tally.storedBytes += arrayBytes(chunk) + tableBytes(table);
    add('records', [0], chunk);
    add('tables', [kept.id], kept);
  }
  const facts = { row0: 0, n: rows.length, columns: [dates(rows.length)] };
  if (rows.length > 0) add('facts', [0], facts);
  if (rows.length > 0) tally.storedBytes += arrayBytes(facts);

  await beginArrival({
    id,
    name: made.name,
    createdAt: 1,
    updatedAt: 2,
    spec: specs[0] ?? RAW_PIXELS,
    backend: 'wasm',
    seed: made.seed,
    k: made.k,
    kMin: 2,
    kMax: 9,
    scaling: 'standard',
    pca: 0.9,
    silhouetteSample: Infinity,
    modelId: null,
    groupings: { category: ['folder', 'date'], hashtag: [] },
    timings: [
      {
        kind: 'embed',
        at: 7,
        n: 3,
        seconds: 0.5,
        engine: 'wasm',
        device: '',
        network: 'ResNet-18',
        ...NO_FIT,
      },
    ],
  });
  await putArriving(id, puts);
  await finishArrival(id, tally);
  return id;
}

const dates = (n: number): Column => ({
  name: 'date',
  type: 'date',
  values: Float64Array.from({ length: n }, (_, i) => (i % 3 ? 1e12 + i : NaN)),
});

function sweepOf(key: string, n: number, { k, d, note, seed }: AnyProject, random: () => number): Sweep {
  const clusterings = [k, k + 1].map((k): Clustering => {
    const labels = Uint16Array.from({ length: n }, () => random() * k);
    const sizes = new Uint32Array(k);
    for (const label of labels) sizes[label]++;
    return {
      k,
      labels,
      sizes,
      centroids: Float32Array.from({ length: k * d }, random),
      distances: Float32Array.from({ length: n }, random),
      iterations: 3,
      inertia: random(),
      silhouette: NaN,
      silhouetteError: random(),
      silhouetteSample: n,
      silhouetteSquared: random(),
      calinskiHarabasz: Infinity,
      daviesBouldin: random(),
    };
  });
  return {
    specKey: key,
    n,
    d,
    seed,
    nInit: 4,
    maxIterations: 300,
    tolerance: 1e-4,
    scaling: 'standard',
    pca: null,
    preparation: preparation(d, random),
    engine: 'cpu',
    adapter: note.slice(0, 900),
    seconds: random(),
    peakBytes: { gpu: 0, rows: 12 },
    asked: { kMin: 2, kMax: 9, pca: 0.5, silhouetteSample: Infinity },
    silhouetteSeconds: random(),
    clusterings,
    choice: { k, runnerUp: null, elbow: k, byCalinskiHarabasz: null, byDaviesBouldin: k },
  };
}

function treeOf(key: string, n: number, { d, note, seed }: AnyProject, random: () => number): Hierarchy {
  const node = { first: 0, size: n, medoid: 0, inertia: random() };
  return {
    specKey: key,
    n,
    d,
    by: 'kmeans',
    branching: 16,
    depth: 3,
    minimumSize: 64,
    seed,
    nInit: 1,
    scaling: 'none',
    pca: null,
    engine: 'cpu',
    adapter: 'CPU',
    seconds: 1,
    nodes: [
      { id: 'root', parent: -1, depth: 0, firstChild: 1, children: 1, ...node, silhouette: random() },
      { id: 'root-0', parent: 0, depth: 1, firstChild: 0, children: 0, ...node, name: note },
    ],
    order: Uint32Array.from({ length: n }, (_, i) => n - 1 - i),
    distances: Float32Array.from({ length: n }, random),
    centroids: Float32Array.from({ length: 2 * d }, random),
  };
}

function mapsOf(key: string, n: number, { d, seed }: AnyProject, random: () => number): Projection[] {
  const floats = (count: number): Float32Array => Float32Array.from({ length: count }, random);
  const options = { ...DEFAULT_PROJECTION, seed };
  const said = { specKey: key, n, laid: n, engine: 'cpu', seconds: random() } as const;
  const pca: Projection = {
    ...said,
    ...{ method: 'pca', dims: 2, options, coords: floats(2 * n), explained: [random(), random()] },
    ...{ axes: Float64Array.from({ length: 2 * d }, random), quality: null, graph: null, reduced: null },
  };
  const tsne: Projection = {
    ...said,
    ...{ method: 'tsne', dims: 3, options: { ...options, method: 'tsne', dims: 3 } },
    ...{ coords: floats(3 * n).fill(NaN, 0, 3), explained: [], axes: new Float64Array(0) },
    quality: { k: 1, sample: 1, trustworthiness: random(), recall: random() },
    graph: { k: 1, search: 'ivf', recall: random(), sample: 1 },
    reduced: { components: 50, explained: random() },
    divergence: random(),
  };
  return [pca, tsne];
}

function modelOf(spec: EmbedSpec, { k, d, note, seed }: AnyProject, random: () => number): ClusterModel {
  return {
    spec,
    specKey: specKey(spec),
    d,
    preparation: preparation(d, random),
    k,
    centroids: Float32Array.from({ length: k * d }, random),
    names: new Map([[k - 1, { name: note, note }]]),
    provenance: {
      tessera: '0',
      savedAt: '2026-01-01T00:00:00.000Z',
      project: note,
      n: 10,
      seed,
      nInit: 1,
      maxIterations: 300,
      tolerance: 1e-4,
      engine: 'cpu',
      adapter: 'CPU',
      inertia: random(),
      silhouette: NaN,
    },
  };
}

function preparation(d: number, random: () => number): Preparation {
  const floats = (n: number): Float64Array => Float64Array.from({ length: n }, random);
  const scaler = { scaling: 'standard', offset: floats(d), factor: floats(d) } as const;
  const pca = { mean: floats(d), components: floats(d), variances: floats(1), explained: [random()] };
  return { scaler, pca };
}

/** One edit of each kind, the last of them undone, with rows there are. */
function editsOf(specKey: string, n: number, made: AnyProject, names: Map<number, ClusterNote>): EditLog {
  const rows = Uint32Array.from({ length: Math.ceil(n / 3) }, (_, i) => i);
  return {
    version: 1,
    sweep: `${specKey}|${n}`,
    specKey,
    k: made.k,
    base: Uint16Array.from({ length: n }, (_, row) => (row % 5 === 4 ? 0xffff : row % made.k)),
    names,
    edits: [
      { kind: 'merge', at: 1.5, clusters: [0, 1], into: 0 },
      {
        kind: 'split',
        at: 2,
        cluster: 0,
        parts: [
          { cluster: made.k, rows },
          { cluster: made.k + 1, rows: rows.slice(0, 1) },
        ],
        seed: 7,
      },
      { kind: 'move', at: 3, rows: rows.slice(1), to: null },
      { kind: 'name', at: 4, cluster: 0, note: { name: made.name, note: made.note } },
      { kind: 'move', at: 5, rows: new Uint32Array(0), to: 0 },
    ],
    done: 4,
    ...(n % 2 ? { settled: true } : {}),
  };
}
