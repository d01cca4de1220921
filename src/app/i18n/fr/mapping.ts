import { createFormat } from '../format';
import type { Mapping } from '../messages';

const f = createFormat('fr');
const images = (n: number): string =>
  `${f.int(n)} ${f.plural(n, { one: 'image', many: 'd’images', other: 'images' })}`;
const groups = (n: number): string => `${f.int(n)} ${f.plural(n, { one: 'groupe', other: 'groupes' })}`;

export const mapping: Mapping = {
  spaceLabel:
    'Carte de toutes les images dans l’espace. Les flèches la tournent, avec Maj elles la déplacent, plus et moins changent l’échelle, 0 montre tout. La liste dit la même chose en mots.',
  overview: 'Vue d’ensemble : tout montrer à nouveau',

  mode: 'Sélection',
  modes: {
    replace: 'Nouvelle sélection',
    add: 'Ajouter à la sélection',
    subtract: 'Retirer de la sélection',
  },
  modeHints: {
    replace: 'Ce qui est entouré devient la sélection.',
    add: 'Ce qui est entouré s’ajoute à la sélection (ou maintenir Maj).',
    subtract: 'Ce qui est entouré est retiré de la sélection (ou maintenir Alt ou Ctrl).',
  },
  pictures: { near: 'De près', always: 'Toujours', never: 'Jamais' },

  layout: {
    label: 'Disposition',
    method: 'Méthode',
    methods: { pca: 'ACP', umap: 'UMAP', tsne: 't-SNE' },
    about: {
      pca: 'Les directions de plus grande variation ; immédiat. Les distances comptent.',
      umap: 'Voisins ensemble, groupes séparés ; demande un moment.',
      tsne: 'Voisins ensemble en nombreux petits groupes ; le plus long.',
    },
    options: {
      neighbours: 'Voisins',
      minDist: 'Distance minimale',
      perplexity: 'Perplexité',
      seed: 'Graine',
    },
    space: '3D',
    again: 'Disposer à nouveau',
    againHint: 'Oublie la place des images et les dispose toutes ensemble.',
    cancel: 'Annuler',
    failed: 'La disposition n’a pas abouti.',
    meaning: {
      umap: 'UMAP conserve les voisinages : ce qui est proche se ressemble. L’écart entre les groupes, leur taille et leur densité signifient peu.',
      tsne: 't-SNE conserve les voisinages : ce qui est proche se ressemble. L’écart entre les groupes, leur taille et leur densité ne signifient rien.',
    },
    trust: (trust, recall, k) =>
      `Fiabilité (trustworthiness) ${f.decimal(trust, 2)} sur 1 : ${f.percent(recall)} des ${f.int(k)} images les plus proches le sont aussi ici.`,
    judged: (sample, n) =>
      sample < n ? `Jugé sur ${f.int(sample)} de ${images(n)}.` : `Jugé sur toutes les images (${f.int(n)}).`,
    tooFew: 'Trop peu d’images pour juger si les voisins ont été conservés.',
    neighboursFound: (recall, sample) =>
      `Les voisins ont été cherchés de façon approchée : ${f.percent(recall)} des vrais ont été trouvés, mesuré sur ${images(sample)}.`,
    reduced: (components, share) =>
      `Calculé sur ${f.int(components)} composantes principales, qui contiennent ${f.percent(share)} de la variation.`,
    added: (n) =>
      `${images(n)} ${f.plural(n, { one: 'est venue plus tard et a été ajoutée', other: 'sont venues plus tard et ont été ajoutées' })} à cette disposition.`,
    short: (method, dims, trust) =>
      trust === null ? `${method}, ${dims}D` : `${method}, ${dims}D, fiabilité ${f.decimal(trust, 2)}`,
    shortPca: (share) => `ACP, 3D (${f.percent(share)})`,
  },

  scoresGroup: 'Mesures',
  columnsGroup: 'Colonnes',
  scores: {
    distance: 'Distance à son centre',
    ratio: 'Distance, rapportée à la moyenne du groupe',
    silhouette: 'Silhouette',
    pixels: 'Taille de l’image, mégapixels',
  },
  sampled: (m) => `Chacune estimée d’après ${images(m)}.`,
  making: 'Silhouettes',
  range: (low, high) => `${low} à ${high}`,
  noCluster: 'Dans aucun groupe',
  noClusterCount: (n) => `${images(n)} dans aucun groupe`,
  otherValues: 'Autres valeurs',

  only: (name, n) => `Ne montrer que ${name}, ${images(n)}`,
  onlyShort: 'Seul',
  onlyHint: 'Grise tous les autres ; avec Maj ou Ctrl, plusieurs sont montrés.',
  filter: 'Filtre',
  onlyShown: 'Seulement',
  more: (names, n) => `${names} et ${f.int(n)} ${f.plural(n, { one: 'autre', other: 'autres' })}`,
  of: (n, all) => `${f.int(n)} sur ${images(all)}`,
  selectShown: 'Sélectionner',
  clearFilter: 'Retirer le filtre',
  showAll: 'Tout montrer en couleur',
  colouredBy: (title) => `Couleur : ${title}.`,
  filtered: (n, all) =>
    `${f.int(n)} sur ${images(all)} ${f.plural(n, { one: 'est montrée', other: 'sont montrées' })}, les autres sont grises.`,
  greyed: (n) => `${images(n)}, en gris`,

  search: 'Chercher sur la carte',
  searchPlaceholder: 'Chercher  /',
  searchHint: 'Une partie du nom, colonne:valeur, taille:>10, date:2024-03, #7 pour le groupe 7',
  found: 'Trouvé',
  foundCount: (rows, k) => (k ? `${images(rows)}, ${groups(k)}` : images(rows)),
  foundNothing: 'Rien trouvé.',
  foundMore: (n) => `et encore ${images(n)}`,
  selectFound: (n) => `Sélectionner ${images(n)}`,
};
