import { clustersOf, type Clustering, type Sweep } from '../../../domain/clustering';
import type { EmbedSpec } from '../../../domain/spec';
import type { Messages } from '../../i18n/messages';

/** What a caption says of the images. */
export interface CaptionProject {
  name: string;
  spec: EmbedSpec;
}

/** Which images, and by which vectors: the first sentence of a caption. */
export function dataCaption({ name, spec }: CaptionProject, n: number, m: Messages): string {
  return m.figures.caption.data(n, name, descriptorName(spec, m));
}

/** Data, method and seed of what a sweep gives, for one k or for all of them. */
export function sweepCaption(
  project: CaptionProject,
  sweep: Pick<
    Sweep,
    'clusterings' | 'model' | 'n' | 'without' | 'nInit' | 'pca' | 'scaling' | 'scoredRows' | 'seed'
  >,
  m: Messages,
  k?: number,
): string {
  const t = m.figures.caption;
  const data = dataCaption(project, sweep.n - (sweep.without ?? 0), m);
  if (sweep.model) return `${data} ${t.model(sweep.model.name)}`;
  const ks = k === undefined ? sweep.clusterings.map((clustering) => clustering.k) : [k];
  const method = [
    t.kmeans(ks[0], ks[ks.length - 1], sweep.nInit),
    ...preparedWords(sweep, m),
    ...(sweep.scoredRows === undefined ? [] : [t.scored(sweep.scoredRows)]),
  ];
  return `${data} ${method.join(', ')}. ${t.seed(sweep.seed)}`;
}

/** The same of the clustering in use, and that it was edited by hand where it was. */
export function clusteringCaption(
  project: CaptionProject,
  sweep: Parameters<typeof sweepCaption>[1],
  clustering: Pick<Clustering, 'k' | 'sizes' | 'base'>,
  m: Messages,
): string {
  const fitted = sweepCaption(project, sweep, m, (clustering.base ?? clustering).k);
  return clustering.base ? `${fitted} ${m.figures.caption.edited(clustersOf(clustering).length)}` : fitted;
}

/** What was done to the vectors before they were compared; nothing where they are as they are. */
export function preparedWords({ scaling, pca }: Pick<Sweep, 'scaling' | 'pca'>, m: Messages): string[] {
  const t = m.figures.caption;
  return [...(scaling === 'none' ? [] : [t.scaling(scaling)]), ...(pca === null ? [] : [t.pca(pca)])];
}

/** What the vectors are, in a few words. */
export function descriptorName(spec: EmbedSpec, { study }: Pick<Messages, 'study'>): string {
  if (spec.kind === 'pixels') return study.model.pixels(spec.width, spec.height);
  return spec.kind === 'network' ? study.model.network(spec.title, spec.layer) : spec.title;
}
