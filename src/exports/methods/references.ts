import type { MethodsFacts } from './facts';

const PAPERS = {
  resnet: 'He K, Zhang X, Ren S, Sun J (2016). Deep residual learning for image recognition. CVPR, 770-778.',
  lloyd:
    'Lloyd SP (1982). Least squares quantization in PCM. IEEE Transactions on Information Theory 28(2), 129-137.',
  seeding: 'Arthur D, Vassilvitskii S (2007). k-means++: the advantages of careful seeding. SODA, 1027-1035.',
  elkan: 'Elkan C (2003). Using the triangle inequality to accelerate k-means. ICML, 147-153.',
  minibatch: 'Sculley D (2010). Web-scale k-means clustering. WWW, 1177-1178.',
  silhouette:
    'Rousseeuw PJ (1987). Silhouettes: a graphical aid to the interpretation and validation of cluster analysis. Journal of Computational and Applied Mathematics 20, 53-65.',
  cochran: 'Cochran WG (1977). Sampling Techniques, 3rd edition, chapter 5. Wiley.',
  calinski:
    'Caliński T, Harabasz J (1974). A dendrite method for cluster analysis. Communications in Statistics 3(1), 1-27.',
  davies: 'Davies DL, Bouldin DW (1979). A cluster separation measure. IEEE TPAMI 1(2), 224-227.',
  kneedle:
    'Satopää V, Albrecht J, Irwin D, Raghavan B (2011). Finding a “kneedle” in a haystack: detecting knee points in system behavior. ICDCS Workshops, 166-171.',
  sklearn:
    'Pedregosa F et al. (2011). Scikit-learn: machine learning in Python. Journal of Machine Learning Research 12, 2825-2830.',
  jolliffe: 'Jolliffe IT (2002). Principal Component Analysis, 2nd edition. Springer.',
  umap: 'McInnes L, Healy J, Melville J (2018). UMAP: uniform manifold approximation and projection for dimension reduction. arXiv:1802.03426.',
  tsne: 'van der Maaten L (2014). Accelerating t-SNE using tree-based algorithms. Journal of Machine Learning Research 15, 3221-3245.',
  trust:
    'Venna J, Kaski S (2001). Neighborhood preservation in nonlinear projection methods: an experimental study. ICANN, 485-491.',
} as const;

/** The papers of the methods that were used, in alphabetical order. */
export function references({ spec, sweep, clustering, projection }: MethodsFacts): string[] {
  const used = new Set<string>();
  if (spec.kind === 'network' && /resnet/i.test(spec.title)) used.add(PAPERS.resnet);
  if (sweep && clustering) {
    used.add(PAPERS.silhouette).add(PAPERS.calinski).add(PAPERS.davies);
    if (clustering.silhouetteSample < sweep.n) used.add(PAPERS.cochran);
    if (sweep.pca !== null) used.add(PAPERS.jolliffe);
    if (!sweep.model) {
      used.add(PAPERS.lloyd).add(PAPERS.seeding).add(PAPERS.sklearn);
      if (sweep.choice.elbow !== null) used.add(PAPERS.kneedle);
      if (sweep.scoredRows !== undefined) used.add(PAPERS.minibatch);
      else if (sweep.engine === 'cpu') used.add(PAPERS.elkan);
    }
  }
  if (projection) {
    used.add(PAPERS.jolliffe);
    if (projection.method !== 'pca') used.add(PAPERS[projection.method]);
    if (projection.quality) used.add(PAPERS.trust);
  }
  return [...used].sort();
}
