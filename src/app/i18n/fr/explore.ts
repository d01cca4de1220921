import { calendarFormat } from '../calendar-format';
import { createFormat } from '../format';
import type { Explore } from '../messages';

const f = createFormat('fr');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;
const images = (n: number): string => (n === 0 ? 'aucune image' : count(n, 'image', 'images'));
const share = (fraction: number): string => `${f.decimal(100 * fraction, 1)} %`;
const significant = new Intl.NumberFormat('fr', { maximumSignificantDigits: 2 }).format;

export const explore: Explore = {
  title: 'Explorer',
  tabs: 'Parties d’Explorer',
  tab: { means: 'Images moyennes', distributions: 'Répartitions', groupings: 'Regroupements' },
  calendar: calendarFormat('fr'),
  range: (low, high) => `${low} – ${high}`,
  others: (n) => count(n, 'autre', 'autres'),
  cut: {
    ranges: (column) => `${column}, par intervalles`,
    quantiles: (column) => `${column}, en parts égales`,
    year: (column) => `${column}, par année`,
    month: (column) => `${column}, par mois`,
    day: (column) => `${column}, par jour`,
  },
  by: 'Par colonne',
  most: 'Valeurs montrées',
  largest: (n) => `les ${n} plus grandes`,
  corner: (column) => `Groupe ↓ · ${column} →`,
  clusterOrder: 'Groupes par',
  clusterOrders: { count: 'taille', name: 'numéro' },
  valueOrder: 'Valeurs par',
  valueOrders: { count: 'taille', name: 'nom' },
  noColumns: 'Rien ne regroupe encore ces images',
  noColumnsText:
    'Toutes sont dans un seul dossier et aucune colonne n’a de valeurs qui se répètent. Déposez un tableau (CSV, JSON, Parquet) qui en dit plus.',

  means: {
    label: 'Images moyennes',
    save: 'Enregistrer la grille',
    drawing: 'Calcul des images moyennes',
    figure: (column) => `Images moyennes par groupe et ${column}`,
    files: {
      svg: 'image au texte net, avec sa légende',
      png: 'image en taille double, avec sa légende',
      csv: 'nombres d’images',
    },
    all: 'Toutes',
    cell: (cluster, value, n) => `${cluster}, ${value} : ${images(n)}`,
    about:
      'Moyenne des vignettes, pixel par pixel, centrées l’une sur l’autre et rognées en carré ; au-delà de 2 000 images, 2 000 réparties régulièrement.',
  },

  timeline: {
    column: 'Dates',
    from: 'Du',
    to: 'Au',
    all: 'Toutes les dates',
    hint: 'Glissez pour choisir une période. Ses bornes se déplacent avec les flèches, avec Maj les deux. Les hauteurs sont les racines carrées des nombres.',
    counted: (some, all) => `${f.int(some)} sur ${images(all)} ${some < 2 ? 'comptée' : 'comptées'}.`,
    undated: (n) => `${count(n, 'image n’a', 'images n’ont')} pas de date.`,
  },

  charts: {
    of: 'Un graphique par',
    byValue: 'Valeur',
    byCluster: 'Groupe',
    show: 'Montrer',
    counts: 'Nombres',
    shares: 'Parts',
    chartOrder: 'Graphiques par',
    barOrder: 'Barres par',
    cluster: 'Groupe',
    title: (name, total) => `${name} · ${f.int(total)}`,
    bar: (cluster, value, n, fraction) => `${cluster}, ${value} : ${images(n)}, ${share(fraction)}`,
    titleByValue: (column) => `Groupes pour chaque valeur de ${column}`,
    titleByCluster: (column) => `Valeurs de ${column} dans chaque groupe`,
    caption: (n) => `${n < 2 ? 'Comptée' : 'Comptées'} : ${images(n)}.`,
    within: (column, from, to) => `${column} du ${from} au ${to}.`,
    hint: 'Une barre sélectionne ses images. Les flèches vont d’une barre à l’autre.',
    empty: 'Aucune image dans cette période.',
  },

  board: {
    title: 'Ce que sont les colonnes',
    category: 'Catégorie',
    hashtag: 'Mot-dièse',
    unused: 'Inutilisées',
    about: {
      category: 'Une valeur par image.',
      hashtag: 'Plusieurs valeurs, séparées par , ; | # ou listes entre crochets.',
      unused: 'Glissez une colonne ou passez par son menu.',
    },
    to: { category: 'Vers Catégorie', hashtag: 'Vers Mot-dièse', unused: 'Ne pas utiliser' },
    move: (column) => `Déplacer ${column}`,
    none: 'Aucune',
  },

  values: {
    title: 'Valeurs',
    search: 'Chercher une valeur',
    role: { category: 'Catégorie', hashtag: 'Mot-dièse' },
    none: 'Rien trouvé.',
    nothing: 'Affectez une colonne ci-dessus.',
    more: (n) => `${f.int(n)} de plus`,
  },

  spread: {
    choose: 'Choisissez une valeur',
    chooseText: 'Sa part dans chaque groupe apparaît ici, et là où elle se distingue.',
    clusters: 'Groupes',
    view: 'En vue',
    table: 'La valeur dans chaque groupe',
    share: 'Part',
    lift: 'Rapport',
    q: 'p corrigé',
    pValue: 'p',
    with: 'Images avec la valeur',
    size: 'Images',
    mark: 'Se distingue',
    about: {
      part: 'Trier par numéro',
      share: 'Images avec la valeur, parmi celles qui ont une valeur dans la colonne',
      lift: 'La part ici divisée par la part de l’ensemble : 2, deux fois plus fréquent',
      q: 'Test exact de Fisher, corrigé pour tous les groupes montrés',
    },
    of: (n, size, fraction) => `${f.int(n)} sur ${f.int(size)}, ${share(fraction)}`,
    bar: (part, n, size, fraction) => `${part} : ${f.int(n)} sur ${images(size)}, ${share(fraction)}`,
    liftOf: (lift) => (Number.isFinite(lift) ? `× ${f.decimal(lift, 2)}` : '–'),
    p: (p) => (p < 0.0001 ? '< 0,0001' : significant(p)),
    marks: { over: 'plus fréquent qu’ailleurs', under: 'moins fréquent qu’ailleurs' },
    select: (part, n) => `Sélectionner ${images(n)} de ${part}`,
    selectAll: (n) => `Sélectionner ${images(n)}`,
    overall: (n, all, fraction) =>
      `${f.int(n)} sur ${images(all)} ayant une valeur : ${share(fraction)}. Le trait pointillé marque cette part.`,
    test: (n, column, parts, rate) =>
      `Marques : test exact de Fisher (hypergéométrique, bilatéral) de chaque groupe contre les autres parmi ${images(n)} ayant une valeur de ${column}, corrigé pour ${count(parts, 'test', 'tests')} selon Benjamini et Hochberg, à ${f.percent(rate)}.`,
    figure: (column, value) => `${column} : ${value}`,
  },
};
