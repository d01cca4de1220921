import type { MapWords } from './map-en';

export const map: MapWords = {
  heading: 'Carte',
  method: 'Méthode',
  methods: {
    pca: 'composantes principales (ACP)',
    umap: 'UMAP, à partir des composantes principales ; pas rassemblés, échantillons négatifs tirés d’un compteur',
    tsne: 't-SNE (Barnes-Hut), à partir des composantes principales',
  },
  dims: 'Dimensions',
  explained: 'Variance expliquée par chaque axe',
  input: 'Faite de',
  reduced: (m, share) => `les ${m} premières composantes principales des vecteurs (${share} de la variance)`,
  whole: 'les vecteurs, tournés selon leurs composantes principales',
  neighbours: 'Voisins (n_neighbors)',
  minDist: 'Distance minimale (min_dist)',
  perplexity: 'Perplexité',
  seed: 'Graine',
  graph: 'Plus proches voisins',
  exact: 'exacts, toutes les paires comparées',
  lists: (share, sample) => `fichier inversé ; ${share} des vrais voisins trouvés, sur ${sample} images`,
  divergence: 'Divergence de Kullback-Leibler',
  trustworthiness: 'Fiabilité du voisinage (trustworthiness)',
  recall: 'Plus proches voisins conservés',
  judged: 'Évalué sur',
  judgedOn: (sample, k) =>
    `${sample} images face à toutes, ${k} voisins chacune, d’après les vecteurs tels quels`,
  placed: 'Ajoutées plus tard',
  placedLater: (placed, laid) =>
    `${placed} images, placées entre leurs plus proches voisines dans une disposition de ${laid}`,
};
