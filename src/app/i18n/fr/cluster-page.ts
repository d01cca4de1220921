import type { LayoutProblem } from '../../../exports/contact-sheet/layout';
import { createFormat } from '../format';
import type { ClusterPage } from '../messages';

const f = createFormat('fr');
const significant = new Intl.NumberFormat('fr', { maximumSignificantDigits: 3 }).format;
const score = new Intl.NumberFormat('fr', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  signDisplay: 'negative',
}).format;
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;
const images = (n: number): string =>
  `${f.int(n)} ${f.plural(n, { one: 'image', many: 'd’images', other: 'images' })}`;

const problems: Record<LayoutProblem, string> = {
  'page-small': 'Une page a au moins 200 pixels de côté.',
  'page-large':
    'Aucun navigateur ne dessine une page aussi grande : choisissez moins de points par pouce ou moins de pixels.',
  'cells-small':
    'Les images seraient trop petites pour être vues : choisissez moins de colonnes ou une page plus grande.',
};

export const clusterPage: ClusterPage = {
  pixels: {
    label: 'Toutes les images en une',
    mean: 'Moyenne',
    median: 'Médiane',
    spread: 'Écart',
    made: (which, of, asked) =>
      `${{ mean: 'Moyenne', median: 'Médiane', spread: 'Écart type' }[which]} de ${of < asked ? `${f.int(of)} sur ` : ''}${images(asked)}`,
    drawn: 'prises à intervalles réguliers',
    failed: (n) => `${images(n)} sans fichier ici, laissées de côté`,
    spreadText: (value) =>
      `Le blanc est le maximum possible (127,5 sur 255) ; ${significant(value)} en moyenne.`,
    aligned: 'Pixel par pixel, centrées, recadrées au format médian.',
    originals: 'À partir des fichiers d’origine',
    none: 'Aucune de ces images n’est disponible ici.',
    busy: 'Superposition des images',
  },
  medoid: {
    title: 'Médoïde',
    exact: (distance) => `la plus petite distance moyenne aux autres (${significant(distance)})`,
    sampled: (distance, m) =>
      `distance moyenne aux autres ${significant(distance)} ; trouvé à partir de ${images(m)} du groupe`,
    waiting: 'l’image la plus proche du centre, en attendant le médoïde',
  },
  numbers: {
    title: 'Chiffres',
    size: 'Images',
    mean: 'Distance moyenne',
    high: '95ᵉ centile',
    far: 'La plus lointaine',
    distances: 'au centre, dans les unités du descripteur',
    silhouette: 'Silhouette',
    silhouetteOf: (mean) => score(mean),
    silhouetteText:
      'De −1 à 1, plus c’est haut, mieux c’est : de combien les images sont plus proches de leur groupe que du suivant.',
    negative: (n, of) =>
      n === 0
        ? 'Chaque image est plus proche de son groupe que de tout autre.'
        : `${images(n)} sur ${f.int(of)} plus ${f.plural(n, { one: 'proche', other: 'proches' })} en moyenne d’un autre groupe.`,
    exact: 'Exact, toutes les images comparées.',
    sampled: (m) => `Estimation : chaque image comparée à ${f.int(m)}, tirées de tous les groupes.`,
    makeExact: 'Calculer exactement',
    busy: 'Silhouettes',
    again: 'Réessayer',
    profile: 'Silhouettes des images, de la plus haute à la plus basse',
  },
  strip: {
    borderline: (cluster, gap) => `${cluster} n’est que ${significant(gap)} plus loin`,
    crossed: (cluster, gap) => `${cluster} est ${significant(gap)} plus près`,
    borderlineText: 'le centre suivant est à peine plus loin que le leur',
    next: (cluster) => `Suivant : ${cluster}`,
  },
  order: { border: 'Limites d’abord' },
  show: { label: 'Afficher', images: 'Images', list: 'Liste', columns: 'Colonnes' },
  list: {
    label: 'Images du groupe avec tout ce qu’on en sait',
    file: 'Fichier',
    distance: 'Distance',
    silhouette: 'Silhouette',
    next: 'Groupe suivant',
  },
  contrast: {
    none: 'On ne sait rien des images hormis leurs pixels : ajoutez un tableau, ou donnez des dossiers.',
    here: 'ce groupe',
    rest: 'tous les autres',
    caption: (column, here, rest, cluster, rule) =>
      `${column} : part parmi ${images(here)} de ${cluster} et parmi ${images(rest)} des autres groupes qui ont une valeur. ${rule}`,
    over: (values) => `Surreprésenté : ${values.join(', ')}.`,
    nothingOver: 'Aucune valeur n’est surreprésentée.',
    value: (name, ratio) => `${name} (${significant(ratio)} fois plus fréquent)`,
    onlyHere: (name) => `${name} (ici seulement)`,
    test: (rate) =>
      `Surreprésenté : test exact de Fisher, bilatéral, taux de fausses découvertes d’au plus ${f.percent(rate)} (Benjamini-Hochberg).`,
    medians: (here, rest) => `Médiane ${here} ; ${rest} parmi les autres.`,
    others: (n) => count(n, 'autre valeur', 'autres valeurs'),
    ordered: 'Les colonnes qui diffèrent le plus des autres groupes viennent en premier.',
    more: (n) => count(n, 'autre colonne', 'autres colonnes'),
  },
  sheet: {
    action: 'Planche contact…',
    title: 'Planche contact',
    about:
      'Des pages d’images avec les légendes de votre choix, en PNG : d’un groupe, de la sélection ou de tous les groupes.',
    what: 'Images',
    ofCluster: (name, n) => `${name}, ${images(n)}`,
    ofSelection: (n) => `La sélection, ${images(n)}`,
    ofClusters: (k, n) =>
      k === 1 ? `Le groupe, ${images(n)}` : `Les ${count(k, 'groupe', 'groupes')}, ${images(n)}`,
    order: 'Ordre',
    orders: {
      near: 'Du plus proche du centre',
      far: 'Du plus éloigné du centre',
      row: 'Comme elles sont venues',
    },
    most: 'Au plus, de chacun',
    mostAll: 'toutes',
    page: 'Page',
    pixels: 'En pixels',
    landscape: 'Paysage',
    dpi: 'Points par pouce',
    width: 'Largeur',
    height: 'Hauteur',
    columns: 'Images par ligne',
    fit: 'Images',
    fits: { whole: 'Entières', crop: 'Recadrées au carré' },
    captions: 'Légendes',
    captionFields: {
      name: 'Nom du fichier',
      path: 'Chemin',
      cluster: 'Groupe',
      distance: 'Distance',
      size: 'Taille en pixels',
    },
    distanceOf: (distance) => `d = ${significant(distance)}`,
    save: 'Enregistrer',
    asZip: 'ZIP de PNG',
    asFolder: 'PNG dans un dossier',
    format: 'Sous forme de',
    summary: (pages, pictures, width, height) =>
      `${count(pages, 'page', 'pages')}, ${images(pictures)}, ${f.int(width)} × ${f.int(height)} px`,
    preview: 'Aperçu de la page 1',
    previewBusy: 'Dessin de l’aperçu',
    previewFailed: 'L’aperçu n’a pas pu être dessiné.',
    nothing: 'Aucune image n’est choisie.',
    problems,
    busy: 'Dessin des pages',
    saved: (file) => `${file} enregistré.`,
    savedPages: (pages) => `${count(pages, 'page enregistrée', 'pages enregistrées')}.`,
    missing: (n) =>
      `${images(n)} sans fichier ici : un carré gris ${n === 1 ? 'la remplace' : 'remplace chacune'}.`,
    none: 'pas d’image',
    heading: (name, n) => `${name} · ${images(n)}`,
    footer: (project, how, order) => `${project} · ${how} · ${order}`,
    kmeans: (k, seed, descriptor) => `k-moyennes, k = ${k}, graine ${seed}, ${descriptor}`,
    model: (k, name) => `étiquetées par le modèle « ${name} », k = ${k}`,
    unclustered: 'non groupées',
    pageOf: (page, pages) => `${f.int(page)} / ${f.int(pages)}`,
    file: (subject) => `planche contact ${subject}`,
    selection: 'Sélection',
  },
};
