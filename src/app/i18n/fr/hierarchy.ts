import { createFormat } from '../format';
import type { Hierarchy } from '../messages';

const f = createFormat('fr');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;
const images = (n: number): string => count(n, 'image', 'images');

export const hierarchy: Hierarchy = {
  treemap: 'Carte proportionnelle',
  cards: 'Fiches',
  shownAs: 'Enfants affichés en',
  outline: 'Plan',
  pictures: 'Images',
  colourBy: 'Couleur',
  byCluster: (k) => `Groupe, k = ${k}`,
  byClusterNone: 'Groupe',
  shareOfColumn: (column) => `Part : ${column}`,
  value: 'Valeur',
  noValue: '(aucune)',
  valueCount: (value, n) => `${value} (${f.int(n)})`,
  scale: (low, high) => `de ${low} à ${high} des images`,
  figure: (name) => `Carte proportionnelle : ${name}`,
  treemapLabel: (name, n) => `${name} par surface : ${count(n, 'enfant', 'enfants')}`,
  keys: 'Flèches : se déplacer ; Entrée : ouvrir ; Espace : sélectionner les images ; Retour arrière : remonter.',
  node: (name, n, fraction) => `${name} : ${images(n)}, ${f.percent(fraction)}`,
  children: (n) => count(n, 'enfant', 'enfants'),
  mostly: (cluster, fraction) => `${f.percent(fraction)} dans ${cluster}`,
  withValue: (value, fraction) => `${f.percent(fraction)} avec ${value}`,
  selected: (n) => count(n, 'sélectionnée', 'sélectionnées'),
  hidden: (nodes, n) =>
    `${count(nodes, 'enfant', 'enfants')} (${images(n)}) trop ${f.plural(nodes, { one: 'petit', other: 'petits' })} pour être ${f.plural(nodes, { one: 'dessiné', other: 'dessinés' })} : voir le plan.`,
  outlineLabel: 'Plan de l’arbre',
  expandAll: 'Tout ouvrir',
  collapseAll: 'Tout fermer',
  drawn: (name, n) => `${name}, ${images(n)} : surface selon le nombre d’images, deux niveaux.`,
  method: ({ column, branching, prepared, nInit, seed }) =>
    [
      `Méthode : ${column === null ? 'k-moyennes hiérarchiques' : `k-moyennes au sein de chaque valeur de ${column}`}`,
      ...(branching === null ? [] : [`au plus ${branching} enfants par nœud`]),
      ...prepared,
      `meilleur de ${count(nInit, 'départ', 'départs')}`,
    ].join(', ') + `. Graine : ${seed}.`,
  edited:
    'L’arbre a été fait des images telles quelles et garde ses branches quand des groupes sont modifiés à la main. Couleurs, et groupe de la plupart des images d’un nœud, sont ceux des groupes modifiés.',
  colourCluster: (k) => `Couleur : le groupe qui contient le plus d’images (k = ${k}).`,
  colourShare: (column, value) => `Couleur : part de ${column} = ${value}.`,
};
