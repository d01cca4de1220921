import type { Scaling } from '../../../domain/clustering';
import { createFormat } from '../format';
import type { Figures } from '../messages';

const f = createFormat('fr');
const images = (n: number): string =>
  `${f.int(n)} ${f.plural(n, { one: 'image', many: 'd’images', other: 'images' })}`;

const scalings: Record<Exclude<Scaling, 'none'>, string> = {
  l2: 'lignes ramenées à la longueur 1',
  standard: 'colonnes centrées réduites',
  minmax: 'colonnes ramenées à 0…1',
};

export const figures: Figures = {
  failed: 'Le graphique n’a pas pu être chargé.',
  again: 'Réessayer',
  save: {
    label: (title) => `Enregistrer la figure : ${title}`,
    svg: 'SVG',
    png: 'PNG',
    csv: 'CSV',
    about: {
      svg: 'dessin, avec sa légende',
      png: 'image en double taille, avec sa légende',
      csv: 'les nombres',
    },
    onWhite: 'Sur fond blanc, pour les articles',
  },
  numbers: {
    label: 'Nombres',
    of: (title) => `Nombres : ${title}`,
    first: (n) => `Les ${f.int(n)} premières lignes. Le fichier CSV les contient toutes.`,
  },
  curves: {
    inUse: (k) => `k = ${f.int(k)}, en usage`,
    best: (k) => `k = ${f.int(k)}, son propre meilleur`,
    point: (k, value, error) => `k = ${f.int(k)} : ${value}${error === null ? '' : ` ± ${error}`}`,
  },
  more: 'Autres figures',
  tabs: {
    agreement: 'Deux classements',
    choice: 'Choix de k',
    clusters: 'Groupes',
    variance: 'Variance',
    time: 'Durées',
    about: {
      agreement: 'Deux façons de classer les mêmes images, côte à côte.',
      choice:
        'Ce que chaque indice dit du nombre de groupes. Cliquez sur une courbe, ou utilisez les flèches, pour prendre un autre k.',
      clusters: 'La taille des groupes, et la façon dont chaque image s’accorde avec le sien.',
      variance: 'Combien de dimensions les vecteurs ont vraiment.',
      time: 'La durée des calculs, dans ce navigateur et de ce projet.',
    },
  },
  flow: {
    title: 'Flux entre les deux',
    summary: (rows, columns) =>
      `${f.int(rows)} barres à gauche, ${f.int(columns)} à droite, et des bandes aussi hautes que les images qu’elles partagent.`,
    band: (row, column, n) => `${row} → ${column} : ${images(n)}`,
    node: (name, n) => `${name} : ${images(n)}`,
    others: (n) => `${f.int(n)} autres`,
    method: (first, second, ari, nmi) =>
      `À gauche : ${first} ; à droite : ${second}. Indice de Rand ajusté ${ari}, information mutuelle normalisée ${nmi}.`,
  },
  sizes: {
    title: (k) => `Images de chaque groupe, k = ${f.int(k)}`,
    all: 'Tailles des groupes pour chaque k',
    axis: 'groupe',
    bar: (cluster, n) => `${cluster} : ${images(n)}`,
    ofK: (k, n) => `k = ${f.int(k)} : ${images(n)}`,
    cluster: 'un groupe',
    equal: 'si tous étaient égaux',
    range: (k, low, high) => `k = ${f.int(k)} : de ${f.int(low)} à ${images(high)}`,
  },
  silhouettes: {
    title: (k) => `Silhouettes par groupe, k = ${f.int(k)}`,
    about:
      'De combien chaque image est plus proche de son groupe que du suivant : 1 bien à l’intérieur, 0 à la frontière, moins de 0 plus proche d’un autre groupe.',
    exact: 'Exactes, d’après toutes les images.',
    sampled: (n) =>
      `Estimées : chaque image est comparée à ${f.int(n)} autres, tirées au hasard dans tous les groupes.`,
    axis: 'silhouette',
    mean: (value) => `moyenne de toutes les images, ${value}`,
    band: (cluster, n, mean, negative) =>
      `${cluster} : ${images(n)}, silhouette moyenne ${mean}${negative === 0 ? '' : `, ${f.int(negative)} sous 0`}`,
    selectNegative: (n) =>
      `Sélectionner ${images(n)} plus ${f.plural(n, { one: 'proche', other: 'proches' })} d’un autre groupe`,
    find: 'Calculer les silhouettes',
    finding: 'Calcul des silhouettes',
    all: 'Les calculer exactement',
  },
  variance: {
    about:
      'Les composantes principales tournent les vecteurs de sorte que le premier axe porte autant de variance qu’un axe le peut, le deuxième autant qu’il en reste, et ainsi de suite.',
    find: 'Chercher les composantes',
    finding: 'Recherche des composantes',
    none: 'Toutes les images ont le même vecteur : il n’y a pas de variance à expliquer.',
    scree: 'Variance de chaque composante',
    cumulative: 'Variance des premières composantes ensemble',
    axis: 'composante',
    percent: (share) => `${f.decimal(100 * share, share > 0 && share < 0.01 ? 1 : 0)} %`,
    component: (component, share) =>
      `composante ${f.int(component)} : ${f.decimal(100 * share, 2)} % de la variance`,
    together: (component, share) =>
      component === 1
        ? `la première seule : ${f.decimal(100 * share, 1)} %`
        : `les ${f.int(component)} premières : ${f.decimal(100 * share, 1)} %`,
    levels: (levels, d) => {
      const reached = levels.filter(({ dimensions }) => dimensions !== null);
      if (reached.length === 0)
        return `Les composantes trouvées (sur ${f.int(d)} nombres) n’atteignent aucune des parts usuelles.`;
      const parts = reached.map(
        ({ share, dimensions }) => `${f.int(100 * share)} % de la variance en ${f.int(dimensions!)}`,
      );
      return `Sur ${f.int(d)} nombres par image : ${list(parts)}.`;
    },
    chosen: (dimensions) =>
      `Ce classement utilise ${f.int(dimensions)} ${f.plural(dimensions, { one: 'dimension', other: 'dimensions' })}.`,
    notReduced: 'Ce classement utilise les vecteurs tels quels, sans réduction.',
    leading: (found, rank) =>
      `Seules les ${f.int(found)} premières composantes sur ${f.int(rank)} ont été calculées.`,
    kept: 'gardées',
    leftOut: 'laissées',
    inUse: (dimensions) => `en usage : ${f.int(dimensions)}`,
    method: 'Méthode : composantes principales de la covariance',
    exact: 'Rien n’est tiré au hasard.',
  },
  time: {
    title: 'Durée selon la taille',
    about:
      'Chaque point est un calcul de ce navigateur, ou conservé avec le projet ; chaque couleur est le même travail par le même moteur dans le même navigateur.',
    noLaw: 'Une droite montre comment la durée croît, dès qu’il y a trois calculs de tailles différentes.',
    none: 'Aucun calcul n’a encore été chronométré. Chaque classement et chaque lot d’images vectorisé ajoute un point.',
    axis: 'images',
    seconds: 'secondes',
    embedding: (network, engine, device) =>
      `Vectorisation${network && `, ${network}`}, ${engineName(engine, device)}`,
    clustering: (d, low, high, starts, engine, device) =>
      `Classement, ${f.int(d)} nombres, ${low === high ? `k = ${f.int(low)}` : `k ${f.int(low)}–${f.int(high)}`}, ${f.int(starts)} ${f.plural(starts, { one: 'départ', other: 'départs' })}, ${engineName(engine, device)}`,
    run: (n, seconds, at, what) =>
      `${images(n)} en ${f.decimal(seconds, seconds < 10 ? 2 : 0)} s\n${what}\n${f.dateTime(at)}`,
    caption: (n, hasLaw) =>
      `Données : ${f.int(n)} ${f.plural(n, { one: 'calcul', other: 'calculs' })} de ce navigateur, tous projets confondus, et de ceux conservés avec le projet. Méthode : secondes écoulées${hasLaw ? ' ; les droites sont des lois de puissance, ajustées par moindres carrés en logarithmes' : ''}. Graine : celle de chaque calcul.`,
    elsewhere: (what, browser) => `${what}, autre navigateur (${browser})`,
    clear: 'Oublier ces durées',
    cleared: 'Les durées sont oubliées.',
  },
  caption: {
    data: (n, project, descriptor) => `Données : ${images(n)} de « ${project} », ${descriptor}.`,
    kmeans: (low, high, starts) =>
      `Méthode : k-moyennes, ${low === high ? `k = ${f.int(low)}` : `k de ${f.int(low)} à ${f.int(high)}`}, meilleur de ${f.int(starts)} ${f.plural(starts, { one: 'départ', other: 'départs' })}`,
    model: (name) => `Méthode : centre le plus proche du modèle enregistré « ${name} ».`,
    scaling: (scaling) => scalings[scaling],
    pca: (dimensions) => `réduction par ACP à ${f.int(dimensions)} dimensions`,
    scored: (n) => `scores sur ${images(n)} tirées au hasard`,
    seed: (seed) => `Graine : ${seed}.`,
    edited: (clusters) =>
      `Modifiés ensuite à la main : ${f.int(clusters)} ${f.plural(clusters, { one: 'groupe', other: 'groupes' })}.`,
  },
};

function list(parts: string[]): string {
  return new Intl.ListFormat('fr', { type: 'conjunction' }).format(parts);
}

const ENGINES: Record<string, string> = { webgpu: 'GPU', cpu: 'CPU', wasm: 'CPU', pixels: 'CPU' };
function engineName(engine: string, device: string): string {
  const name = ENGINES[engine] ?? engine;
  return device ? `${name} (${device})` : name;
}
