/** Texts of the methods page about the map. Numbers come formatted. */
export const map = {
  heading: 'Map',
  method: 'Method',
  methods: {
    pca: 'principal components (PCA)',
    umap: 'UMAP, from the principal components; gathered steps, negative samples from a counter',
    tsne: 't-SNE (Barnes-Hut), from the principal components',
  },
  dims: 'Dimensions',
  explained: 'Variance explained by each axis',
  input: 'Made of',
  reduced: (m: string, share: string) =>
    `the first ${m} principal components of the vectors (${share} of the variance)`,
  whole: 'the vectors, turned to their principal components',
  neighbours: 'Neighbours (n_neighbors)',
  minDist: 'Least distance (min_dist)',
  perplexity: 'Perplexity',
  seed: 'Seed',
  graph: 'Nearest neighbours',
  exact: 'exact, every pair compared',
  lists: (share: string, sample: string) =>
    `inverted file; ${share} of the true neighbours found, on ${sample} images`,
  divergence: 'Kullback-Leibler divergence',
  trustworthiness: 'Trustworthiness',
  recall: 'Nearest neighbours kept',
  judged: 'Judged on',
  judgedOn: (sample: string, k: string) =>
    `${sample} images against all, ${k} neighbours each, by the vectors as they are`,
  placed: 'Added later',
  placedLater: (placed: string, laid: string) =>
    `${placed} images, placed between their nearest neighbours in a layout of ${laid}`,
};
export type MapWords = typeof map;
