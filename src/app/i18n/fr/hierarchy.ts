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
  caption: (name, n, method, colour) =>
    `${name}, ${images(n)} : surface selon le nombre d’images, deux niveaux. ${method} ${colour}`,
  method: (branching, seed, nInit) =>
    `k-moyennes hiérarchiques${branching === null ? '' : `, ${branching} enfants par nœud`}, ${count(nInit, 'départ', 'départs')}, graine ${seed}.`,
  colourCluster: (k) => `Couleur : le groupe qui contient le plus d’images (k = ${k}).`,
  colourShare: (column, value) => `Couleur : part de ${column} = ${value}.`,
};
