import { createFormat } from '../format';
import type { Editing } from '../messages';

const f = createFormat('fr');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;
const images = (n: number): string => count(n, 'image', 'images');
const edits = (n: number): string => count(n, 'modification', 'modifications');
const list = (of: readonly string[]): string => new Intl.ListFormat('fr').format(of);

export const editing: Editing = {
  undo: (what) => (what ? `Annuler : ${what}` : 'Annuler'),
  redo: (what) => (what ? `Rétablir : ${what}` : 'Rétablir'),
  undone: (what) => `Annulé : ${what}.`,
  redone: (what) => (what === null ? 'Rétabli.' : `Rétabli : ${what}.`),
  nothingToRedo: 'Il n’y a rien à rétablir.',
  compared: (clusters, k) => `Groupes modifiés à la main : ${f.int(clusters)}, depuis k = ${k}`,

  steps: {
    k: (k) => `k = ${k}`,
    selection: (n) => (n === 0 ? 'vider la sélection' : `sélectionner ${images(n)}`),
    merge: (from, into) => `fusionner ${list(from)} dans ${into}`,
    split: (cluster, parts) => `diviser ${cluster} en ${f.int(parts)}`,
    move: (n, to) => `déplacer ${images(n)} vers ${to}`,
    moveNew: (n, to) => `faire de ${images(n)} un nouveau groupe, ${to}`,
    noise: (n) => `sortir ${images(n)} des groupes`,
    name: (cluster, name) =>
      name ? `nommer le groupe ${cluster} « ${name} »` : `retirer le nom du groupe ${cluster}`,
    note: (cluster) => `note du groupe ${cluster}`,
    goBack: 'passer à un autre état des modifications',
    drop: 'abandonner toutes les modifications',
    takeOver: (n) => `reprendre ${edits(n)}`,
  },

  actions: {
    menu: 'Modifier',
    menuOf: (name) => `Modifier ${name}`,
    merge: 'Fusionner avec…',
    mergeText: 'Les plus proches d’abord. Le groupe ouvert garde son numéro et son nom.',
    split: 'Diviser…',
    noise: 'Sortir ses images de tous les groupes',
    noiseText: 'Comme bruit : elles restent dans le projet.',
    back: 'Retour',
    byNumber: 'En un nombre de parties',
    parts: 'Parties',
    bySilhouette: 'En autant que le dit la silhouette',
    splitNow: 'Diviser',
    splitting: 'Division',
    oneKind: 'Il ne peut pas être divisé : ses images sont identiques au nombre près.',
    changed: 'Le groupe a changé pendant sa division ; rien n’a été fait.',
    tooSmall: 'Moins de trois images ne se divisent pas ; déplacez-en une.',
    was: (base) => `Était dans le groupe ${base}`,
    wasNone: 'N’était dans aucun groupe',
  },

  chosen: {
    choose: (name) => `Choisir ${name} pour la fusion`,
    count: (n) => count(n, 'groupe choisi', 'groupes choisis'),
    merge: (into) => `Fusionner dans ${into}`,
    clear: 'N’en choisir aucun',
    drag: 'Glisser une carte sur une autre fusionne les deux groupes.',
  },

  move: {
    label: 'Déplacer vers…',
    fresh: 'Nouveau groupe',
    none: 'Aucun groupe (bruit)',
    empty: 'Rien à y déplacer : les images y sont déjà.',
  },

  panel: {
    title: 'Modifications à la main',
    open: (n) => (n === 0 ? 'Modifications' : `Modifications (${f.int(n)})`),
    about: (k) =>
      `Conservées à côté du regroupement avec k = ${k}, qui reste tel qu’il a été calculé. Chaque fichier enregistré les contient.`,
    none: 'Rien n’a été modifié. Fusionnez, divisez ou renommez des groupes, ou déplacez des images de l’un à l’autre.',
    start: 'Tel qu’il a été calculé',
    here: 'Maintenant',
    undone: 'annulée',
    goTo: (step) => `Aller à : ${step}`,
    back: 'Revenir ici',
    forward: 'Avancer jusqu’ici',
    drop: 'Abandonner toutes les modifications',
    others: 'Conservées d’autres regroupements',
    ofK: (n, k, rows) => `${edits(n)} de k = ${k}, ${images(rows)}`,
    show: (k) => `Afficher k = ${k}`,
    takeOver: 'Reprendre',
    takeOverText:
      'Les images vont là où elles avaient été mises, une à une ; le reste demeure tel qu’il est regroupé.',
    dropOthers: 'Abandonner',
    dropped: 'Modifications abandonnées.',
    tookOver: (moved) => `Repris : ${images(moved)} dans un autre groupe.`,
    nothingLeft: 'Rien à reprendre : les images sont réunies comme elles l’avaient été.',
    working: 'Mesure des groupes modifiés…',
  },

  scores: {
    row: (clusters) => `${f.int(clusters)}, modifiés`,
    about:
      'La dernière ligne est celle des groupes modifiés, mesurés à nouveau sur toutes les images qui sont dans un groupe. Leur silhouette est sur la page de chaque groupe et sous Comparer.',
    reading: (clusters, now, fitted) =>
      `Modifiés, ${count(clusters, 'groupe', 'groupes')} : Calinski-Harabasz ${now.calinski} (calculés : ${fitted.calinski}), Davies-Bouldin ${now.davies} (${fitted.davies}).`,
  },

  kept: (n) =>
    `${edits(n)} du regroupement précédent ${f.plural(n, { one: 'est conservée, mais ne fait', other: 'sont conservées, mais ne font' })} pas partie du nouveau.`,
  showKept: 'Reprendre ou abandonner…',
};
