import type { Criterion } from '../../widgets/k-verdict';
import { createFormat } from '../format';

const f = createFormat('en');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;
const images = (n: number): string => count(n, 'image', 'images');
const share = (fraction: number): string => `${f.decimal(100 * fraction, 1)}%`;

const criteria: Record<Criterion, string> = {
  calinskiHarabasz: 'Calinski-Harabasz',
  daviesBouldin: 'Davies-Bouldin',
  elbow: 'the elbow of the inertia',
};

export const study = {
  /** How clusters are made. */
  options: {
    restarts: 'Restarts',
    restartsText: 'The best of so many random starts is kept, by inertia.',
    reduction: 'Reduce first (PCA)',
    reductions: { none: 'No reduction', dimensions: 'To dimensions', share: 'To explain at least' },
    dimensions: 'Dimensions',
    percent: 'Per cent of the variance',
    reduced: (from: number, to: number, explained: number | null) =>
      `Last run: ${f.int(from)} → ${count(to, 'dimension', 'dimensions')}${explained === null ? '' : `, ${share(explained)} of the variance`}.`,
    engine: 'Engine',
    engines: { auto: 'Automatic', webgpu: 'GPU (WebGPU)', cpu: 'CPU (WebAssembly)' },
    engineText: 'Automatic takes the faster one.',
    half: 'Rows in 16 bits on the GPU',
    halfText: 'Less to read; used only where a sample shows that no label changes.',
    silhouette: 'Silhouette',
    estimated: 'Estimated from',
    estimatedUnit: 'images',
    exact: 'Exact, from all images',
    takes: (seconds: number) => `about ${f.duration(seconds)}`,
    limits: (low: number, high: number) => `from ${f.int(low)} to ${f.int(high)}`,
    open: 'Clustering settings',
  },

  /** The choice of k, in words. */
  choice: {
    chosen: (k: number, value: string, error: string | null) =>
      `k = ${k} is chosen: it has the highest silhouette, ${value}${error === null ? '' : ` ± ${error}`}.`,
    runnerUp: (k: number, value: string, tie: boolean) =>
      tie
        ? `${k} follows with ${value}, which is as good within the error of the estimate.`
        : `${k} follows with ${value}.`,
    allAgree: 'All indices agree.',
    agree: (names: Criterion[]) =>
      `${capital(list(names.map((name) => criteria[name])))} ${names.length > 1 ? 'agree' : 'agrees'}.`,
    disagree: (others: { criterion: Criterion; k: number }[]) =>
      `${capital(list(others.map(({ criterion, k }) => `${criteria[criterion]} would take ${k}`)))}: the indices weigh closeness and separation differently, so compare the images of both.`,
    sampled: (m: number, n: number) => `Silhouettes are estimated from ${f.int(m)} of ${images(n)}.`,
    exact: (n: number) => `Silhouettes are exact, from ${images(n)}.`,
    compute: 'Compute the exact silhouette',
    computing: 'Computing the exact silhouette',
    squared: 'Squared silhouette',
    squaredAbout:
      'With squared Euclidean distances, over all images. Another quantity than the silhouette beside it: never compare the two, and k is not chosen by it.',
  },

  task: {
    busy: (what: string, percent: string, seconds: number | null) =>
      `${what}: ${percent}${seconds === null ? '' : `, about ${f.duration(seconds)} left`}`,
    interrupted: 'Another analysis took over. Start again when it is done.',
    failed: 'This did not finish',
    waitForClusters: 'Wait until the images are clustered.',
  },

  tree: {
    title: 'Tree',
    about: 'Clusters within clusters: the images are split, each part is split again, and so on.',
    aboutParts: 'Each part clustered on its own, with a number of clusters of its own.',
    none: 'No tree yet',
    by: 'Split by',
    byKmeans: 'Similarity (k-means)',
    branching: 'Children of a node',
    depth: 'Levels',
    minimumSize: 'Smallest node to split',
    make: 'Make the tree',
    makeParts: 'Cluster each part',
    again: 'Make again',
    making: 'Growing the tree',
    makingParts: 'Clustering each part',
    stale: (n: number) => `${images(n)} came later and are not in this tree.`,
    summary: (nodes: number, levels: number, seconds: number) =>
      `${count(nodes, 'node', 'nodes')}, ${count(levels, 'level', 'levels')}, ${f.duration(seconds)}`,
    root: 'All images',
    path: 'Way from the root',
    goTo: 'Go to node',
    noNode: (id: string) => `There is no node ${id}.`,
    children: 'Children',
    childCount: (n: number) => count(n, 'child', 'children'),
    leaf: 'a leaf, not split further',
    parent: 'Up to the parent',
    firstChild: 'Down to the first child',
    previous: 'Previous sibling',
    next: 'Next sibling',
    keys: 'Arrow keys: up to the parent, down to the first child, left and right to the siblings.',
    images: 'Images of this node',
    selectAll: 'Select all',
    selectNode: (name: string, n: number) => `Select ${name}, ${images(n)}`,
    save: 'Save images',
    csv: 'Tree as CSV',
    shareOf: (n: number, fraction: number) => `${images(n)}, ${f.percent(fraction)}`,
    name: 'Name',
    namePlaceholder: 'Give it a name',
    parts: 'Parts',
    part: 'Part',
    partImages: 'Images',
    partK: 'k',
    partSilhouette: 'Silhouette',
    noValue: '(none)',
    tooFew: 'A tree needs at least three images. Add some more.',
    spread: (value: string) => `root mean square distance to the centre ${value}`,
  },

  compare: {
    title: 'Compare',
    about: 'Two ways to sort the same images, side by side.',
    first: 'Rows',
    second: 'Columns',
    swap: 'Swap rows and columns',
    clustering: (k: number) => `Clusters, k = ${k}`,
    groupClusterings: 'This clustering',
    groupLevels: 'Tree',
    groupColumns: 'Columns',
    level: (level: number, parts: number) => `Tree, level ${level} (${count(parts, 'node', 'nodes')})`,
    partLevel: (column: string, level: number, parts: number) =>
      `${column}, level ${level} (${count(parts, 'node', 'nodes')})`,
    ari: 'Adjusted Rand index',
    ariAbout: '1: the same partition; about 0: no more than chance; below 0: less than chance.',
    nmi: 'Normalised mutual information',
    nmiAbout: 'From 0 to 1, higher is closer (arithmetic mean of the entropies).',
    reading: (ari: number): string =>
      ari >= 0.9
        ? 'The two agree almost everywhere.'
        : ari >= 0.65
          ? 'The two agree well.'
          : ari >= 0.3
            ? 'The two agree in part.'
            : ari >= 0.05
              ? 'The two agree little.'
              : 'The two have hardly more in common than chance.',
    matched: (n: number, all: number) =>
      `${f.int(n)} of ${images(all)} (${f.percent(n / Math.max(all, 1))}) lie where a row and its best column meet.`,
    table: 'Confusion table',
    tableAbout:
      'Images with a value of the row and of the column. Sorted so that what belongs together lies near the diagonal. Arrow keys move, Enter selects the images.',
    cell: (row: string, column: string, n: number) => `${row}, ${column}: ${images(n)}`,
    csv: 'Table as CSV',
    working: 'Comparing…',
    pending: (n: number) => `${images(n)} not clustered yet are left out.`,
    same: 'Both sides are the same. Choose another one to compare with.',
  },

  stability: {
    title: 'Stability over seeds',
    about:
      'k-means starts at random. Run it again from other seeds: where the runs agree, the clusters are in the images and not in the dice.',
    runs: 'Runs for each k',
    from: 'k from',
    to: 'to',
    start: 'Measure stability',
    measuring: 'Measuring stability',
    k: 'k',
    mean: 'Mean ARI',
    lowest: 'Lowest ARI',
    nmi: 'Mean NMI',
    spread: 'Inertia spread',
    spreadText: 'highest run above the lowest',
    table: 'Agreement of runs by k',
    chart: 'Agreement of runs',
    method: (runs: number) =>
      `Method: adjusted Rand index between ${count(runs, 'run', 'runs')} of k-means for each k, pair by pair.`,
    chartLabel: (low: number, high: number, best: number, ari: string) =>
      `Mean and lowest adjusted Rand index for k from ${low} to ${high}. Highest mean at k = ${best}: ${ari}.`,
    verdict: (k: number, ari: string, lowest: string) =>
      `Most stable: k = ${k}, mean ARI ${ari}, lowest ${lowest}.`,
    current: (k: number, ari: string) => `The k in use, ${k}, has ${ari}.`,
    csv: 'Stability as CSV',
    percent: (fraction: number) => `${f.decimal(100 * fraction, fraction < 0.001 ? 3 : 2)}%`,
    wrong: 'Between 2 and 50 runs, and k within the range of the clustering.',
  },

  model: {
    title: 'Models',
    about:
      'A clustering can be saved and applied to other images: each goes to the nearest centre, nothing is fitted anew.',
    save: 'Save model…',
    export: 'Model (ZIP)',
    saveText: (k: number) => `scaling, PCA, ${count(k, 'centre', 'centres')} and names, as a ZIP`,
    apply: 'Apply a model…',
    kept: 'Kept in this project',
    keptLine: (k: number, date: string) => `${count(k, 'cluster', 'clusters')}, saved ${date}`,
    use: 'Apply',
    remove: 'Remove',
    removeNamed: (name: string) => `Remove the model “${name}”`,
    removed: (name: string) => `Model “${name}” removed.`,
    inUse: 'In use',
    applied: (name: string) => `The images are labelled by “${name}”.`,
    label: (name: string, date: string) => `From model “${name}”, saved ${date}; not refitted.`,
    back: 'Back to own clusters',
    isBack: 'The project’s own clusters are back.',
    first: 'Add images first; then this model can be applied to them.',
    needs: (descriptor: string) => `This model needs the descriptor “${descriptor}”.`,
    needsAbsent: (descriptor: string) =>
      `This model needs the descriptor “${descriptor}”, whose network is not here. Add it in Settings, then apply the model again.`,
    switch: 'Switch and apply',
    pixels: (width: number, height: number) => `Raw pixels, ${width} × ${height}`,
    network: (title: string, layer: string) => `${title}, layer ${layer}`,
    loseNothing: 'What was computed with the present descriptor is kept.',
  },
};

/** "a", "a and b", "a, b and c". */
function list(parts: string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(parts);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
