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
  pictures: { near: 'Images de près', always: 'Images toujours', never: 'Points seuls' },

  scoresGroup: 'Mesures',
  columnsGroup: 'Colonnes',
  scores: {
    distance: 'Distance à son centre',
    ratio: 'Distance, rapportée à la moyenne du groupe',
    pixels: 'Taille de l’image, mégapixels',
  },
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
  showAll: 'Tout montrer',
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
