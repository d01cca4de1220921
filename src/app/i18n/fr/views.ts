import type { AnalysisProgress } from '../../../domain/progress';
import type { Criterion, Structure } from '../../widgets/k-verdict';
import { createFormat } from '../format';
import type { Views } from '../messages';

const f = createFormat('fr');
const significant = new Intl.NumberFormat('fr', { minimumSignificantDigits: 3, maximumSignificantDigits: 3 })
  .format;
/** Two decimals, and no minus before a zero. */
const score = new Intl.NumberFormat('fr', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  signDisplay: 'negative',
}).format;
/** Unlike a share, a ratio may pass 100 %. */
const ratioPercent = new Intl.NumberFormat('fr', { style: 'percent', maximumFractionDigits: 0 }).format;
const images = (n: number): string =>
  `${f.int(n)} ${f.plural(n, { one: 'image', many: 'd’images', other: 'images' })}`;
const groups = (n: number): string => `${f.int(n)} ${f.plural(n, { one: 'groupe', other: 'groupes' })}`;
const left = (seconds: number | null): string =>
  seconds === null ? '' : `, encore ${f.duration(seconds)} environ`;

const criteria: Record<Criterion, string> = {
  calinskiHarabasz: 'Calinski-Harabasz',
  daviesBouldin: 'Davies-Bouldin',
  elbow: 'le coude',
};
const stages: Record<AnalysisProgress['stage'], string> = {
  load: 'Lecture des vecteurs',
  pca: 'Calcul de la carte',
  kmeans: 'Formation des groupes',
  silhouette: 'Évaluation des groupes',
  neighbours: 'Recherche des plus proches voisins',
  layout: 'Disposition de la carte',
  quality: 'Évaluation de la carte',
};
const structures: Record<Structure, string> = {
  strong: 'les groupes sont nettement séparés',
  reasonable: 'les groupes sont assez bien séparés',
  weak: 'les groupes se chevauchent ; vérifiez-les à l’œil',
  none: 'presque aucune séparation ; les groupes ne servent qu’à parcourir',
};

export const views: Views = {
  images,
  cluster: (number) => `Groupe ${number}`,
  percent: f.percent,
  int: f.int,
  number: (n) => significant(n),
  timesSign: (width, height) => `${f.int(width)} × ${f.int(height)} px`,
  retry: 'Réessayer',
  close: 'Fermer',
  working: ({ stage, fraction, secondsLeft }) =>
    `${stages[stage]} : ${f.percent(fraction)}${left(secondsLeft)}`,

  state: {
    noImages: 'Aucune image pour l’instant',
    noImagesText: 'Déposez des images ou un dossier n’importe où dans cette fenêtre.',
    reading: 'Lecture des premières images',
    readingText: 'Elles apparaissent ici dès qu’elles sont prêtes.',
    noClusters: 'Aucun groupe pour l’instant',
    noClustersText: 'Les groupes se forment d’eux-mêmes dès que quelques images sont prêtes.',
    analysing: 'Analyse en cours',
    failed: 'L’analyse n’a pas abouti',
    failedText: 'Les images et ce qui en a été calculé sont conservés.',
    noCluster: (number) => `Il n’y a plus de groupe ${number}`,
    noClusterText: 'Le nombre de groupes a changé depuis l’ouverture de cette page.',
    allClusters: 'Tous les groupes',
  },

  map: {
    title: 'Carte',
    label:
      'Carte de toutes les images. Les flèches la déplacent, plus et moins changent l’échelle, 0 montre tout. La liste dit la même chose en mots.',
    tools: 'Pointeur',
    pan: 'Déplacer',
    lasso: 'Lasso',
    box: 'Rectangle',
    view: 'Vue',
    fit: 'Tout montrer',
    zoomIn: 'Agrandir',
    zoomOut: 'Réduire',
    pictures: 'Des images au lieu des points',
    list: 'Liste',
    listLabel: 'La carte en liste',
    legend: 'Légende',
    colourBy: 'Colorer par',
    byCluster: 'Groupe',
    byFolder: 'Dossier',
    byLevel: (level) => `Dossier, niveau ${level}`,
    bySplit: 'Partie (train, test…)',
    byClass: 'Classe (dossier le plus profond)',
    topFolder: '(sans dossier)',
    others: (n) => `Autres : ${images(n)}`,
    pending: (n) => `${images(n)} pas encore ${f.plural(n, { one: 'groupée', other: 'groupées' })}`,
    axis: (number, share) => (share === undefined ? `ACP ${number}` : `ACP ${number} (${f.percent(share)})`),
    honesty: (share) =>
      `La carte conserve ${f.percent(share)} de la variation : des images proches ici peuvent tout de même différer.`,
    distance: (d) => `distance au centre ${significant(d)}`,
    lostTitle: 'La carte s’est arrêtée',
    lostText: 'Le processeur graphique ne répond plus. La liste dit la même chose que la carte.',
    noWebgl: 'La carte ne peut pas être dessinée ici',
    noWebglText:
      'WebGL 2 est absent ou désactivé dans ce navigateur. La liste dit la même chose que la carte.',
    selectCluster: (number, n) => `Sélectionner le groupe ${number}, ${images(n)}`,
    selectCategory: (value, n) => `Sélectionner ${value}, ${images(n)}`,
    hint: 'Maj ajoute, Ctrl retire.',
  },

  gallery: {
    noThumbnail: 'pas d’aperçu',
    empty: 'Aucune image ici.',
  },

  detail: {
    enlarge: 'Agrandir',
    title: 'Image',
    previous: 'Image précédente',
    next: 'Image suivante',
    select: 'Sélectionner',
    deselect: 'Désélectionner',
    path: 'Fichier',
    folder: 'Dossier',
    level: (level) => `Niveau ${level}`,
    size: 'Taille',
    cluster: 'Groupe',
    noCluster: 'pas encore groupée',
    distance: 'Distance au centre',
    duplicates: 'Mêmes octets que',
    small: 'L’original ne peut pas être affiché ici ; voici sa vignette.',
    position: (index, n) => `${f.int(index + 1)} sur ${f.int(n)}`,
    similar: 'Les plus semblables',
    similarFailed: 'Impossible de trouver des images semblables pour l’instant.',
    similarNone: 'Aucune autre image pour l’instant.',
    selectSimilar: 'Les sélectionner',
  },

  inspector: {
    label: 'Sélection',
    selected: (n) => `${f.int(n)} ${f.plural(n, { one: 'sélectionnée', other: 'sélectionnées' })}`,
    all: (n) => (n === 1 ? '1 image' : `Toutes les ${images(n)}`),
    clear: 'Effacer',
    save: 'Enregistrer les images',
    selectCluster: (number) => `Sélectionner le groupe ${number}`,
    byCluster: 'Par groupe',
    more: (n) => `et ${groups(n)} de plus`,
    pointAt: 'Pointez une image pour la voir ici.',
  },

  clusters: {
    title: 'Groupes',
    summary: (k, n) => `${groups(k)}, ${images(n)}`,
    share: (n, fraction) => `${images(n)}, ${f.percent(fraction)}`,
    mean: 'Image moyenne',
    meanOf: (of, n) =>
      of < n
        ? `Moyenne de ${f.int(of)} sur ${images(n)}, prises à intervalles réguliers`
        : `Moyenne de ${images(n)}`,
    meanFailed: 'L’image moyenne n’a pas pu être calculée.',
    medoid: 'La plus centrale',
    medoidText: 'l’image la plus proche du centre',
    select: 'Sélectionner',
    back: 'Tous les groupes',
    previous: 'Groupe précédent',
    next: 'Groupe suivant',
    selectAll: 'Tout sélectionner',
    save: 'Enregistrer les images',
    name: 'Nom',
    namePlaceholder: 'Donnez-lui un nom',
    note: 'Note',
    notePlaceholder: 'Que contient-il ? Que faut-il vérifier ?',
    spread: 'Dispersion',
    spreadCompared: (ratio) =>
      ratio < 0.9
        ? `Plus serré que le groupe moyen (${ratioPercent(ratio)} de sa distance moyenne).`
        : ratio > 1.1
          ? `Plus étalé que le groupe moyen (${ratioPercent(ratio)} de sa distance moyenne).`
          : 'À peu près aussi serré que le groupe moyen.',
    nearest: 'Groupes les plus proches',
    nearestText: (d) => `${significant(d)} entre les centres`,
    nearestNone: 'Il n’y a pas d’autre groupe.',
    strip: 'Du typique à l’inhabituel',
    bandTypical: 'Typiques',
    bandBorderline: 'À la limite',
    bandOutliers: 'Atypiques',
    bandTypicalText: 'au plus près du centre',
    bandBorderlineText: 'le quart le plus éloigné',
    bandOutliersText: (n, fence) =>
      n
        ? `${images(n)} au-delà de ${significant(fence)} (troisième quartile + 1,5 écart interquartile)`
        : 'aucune image n’est anormalement éloignée',
    bandNone: 'aucune',
    members: 'Toutes les images',
    order: 'Ordre',
    nearFirst: 'Les plus proches d’abord',
    farFirst: 'Les plus éloignées d’abord',
  },

  k: {
    label: 'Nombre de groupes',
    k: 'Nombre de groupes, k',
    value: (k) => `k = ${k}`,
    clustersAt: (k, silhouette) => `${groups(k)}, silhouette ${silhouette}`,
    score: (value) => (Number.isFinite(value) ? score(value) : '–'),
    precise: (value) => (Number.isFinite(value) ? f.decimal(value, 4) : '–'),
    large: (value) => (Number.isFinite(value) ? significant(value) : '–'),
    chosen: (k, runnerUp, tie) =>
      runnerUp === null
        ? `Meilleure silhouette : k = ${k}.`
        : tie
          ? `Meilleure silhouette : k = ${k} ; ${runnerUp} fait aussi bien, à l’erreur près.`
          : `Meilleure silhouette : k = ${k}, puis ${runnerUp}.`,
    agree: (names) =>
      names.length
        ? `${capital(list(names.map((name) => criteria[name])))} ${names.length > 1 ? 'concordent' : 'concorde'}.`
        : '',
    disagree: (others) =>
      others.length
        ? `${capital(list(others.map(({ criterion, k }) => `${criteria[criterion]} dit ${k}`)))} : regardez les images.`
        : '',
    reading: (silhouette, structure) => `Silhouette ${score(silhouette)} : ${structures[structure]}.`,
    use: (k) => `Prendre ${k}`,
    more: 'Courbes',
    expand: 'Afficher les courbes en grand',
    collapse: 'Masquer les courbes',
    silhouette: 'Silhouette',
    silhouetteAbout:
      'De −1 à 1, plus haut vaut mieux. De combien les images sont plus proches de leur groupe que du suivant.',
    silhouetteSample: (m, n) =>
      m < n
        ? `Estimée sur ${f.int(m)} de ${images(n)} ; la bande est l’erreur type.`
        : `Exacte, sur ${images(n)}.`,
    elbow: 'Coude (inertie)',
    elbowAbout:
      'À partir de 0, plus bas est plus serré, et elle baisse toujours avec k : cherchez le coude, pas le minimum.',
    calinski: 'Calinski-Harabasz',
    calinskiAbout:
      'À partir de 0, plus haut vaut mieux. Séparation sur dispersion ; favorise les groupes ronds de taille voisine.',
    davies: 'Davies-Bouldin',
    daviesAbout:
      'À partir de 0, plus bas vaut mieux. À quel point chaque groupe ressemble à son plus proche voisin.',
    table: 'Tous les scores en tableau',
    inertia: 'Inertie',
    error: 'Erreur type',
    saveCsv: 'Scores en CSV',
    chart: (title, low, high, k, value) => `${title} pour k de ${low} à ${high}. À k = ${k} : ${value}.`,
    engine: (engine, adapter, seconds) =>
      engine === 'webgpu'
        ? `k-means sur le processeur graphique (${adapter}), ${f.duration(seconds)}.`
        : `k-means sur le processeur central, ${f.duration(seconds)}.`,
    memory: (rows, gpu) =>
      gpu > 0
        ? `Au plus ${f.bytes(gpu)} sur le processeur graphique et ${f.bytes(rows)} à côté.`
        : `Au plus ${f.bytes(rows)} de mémoire.`,
    scoredRows: (scored, n) =>
      `Trop grand pour tenir en mémoire d’un bloc : ajusté par mini-lots. L’inertie porte sur les ${f.int(n)} images, les autres scores sur ${f.int(scored)} d’entre elles, tirées au hasard.`,
    waiting: 'k est choisi quand les images sont groupées.',
  },
};

function list(parts: string[]): string {
  return new Intl.ListFormat('fr', { type: 'conjunction' }).format(parts);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
