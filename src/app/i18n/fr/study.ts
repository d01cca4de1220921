import type { Criterion } from '../../widgets/k-verdict';
import { createFormat } from '../format';
import type { Study } from '../messages';

const f = createFormat('fr');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;
const images = (n: number): string =>
  `${f.int(n)} ${f.plural(n, { one: 'image', many: 'd’images', other: 'images' })}`;
const share = (fraction: number): string => `${f.decimal(100 * fraction, 1)} %`;

const criteria: Record<Criterion, string> = {
  calinskiHarabasz: 'Calinski-Harabasz',
  daviesBouldin: 'Davies-Bouldin',
  elbow: 'le coude de l’inertie',
};

export const study: Study = {
  options: {
    restarts: 'Redémarrages',
    restartsText: 'On garde le meilleur d’autant de départs au hasard, selon l’inertie.',
    reduction: 'Réduire d’abord (ACP)',
    reductions: {
      none: 'Sans réduction',
      dimensions: 'À un nombre de dimensions',
      share: 'Pour expliquer au moins',
    },
    dimensions: 'Dimensions',
    percent: 'Pour cent de la variance',
    reduced: (from, to, explained) =>
      `Dernier calcul : ${f.int(from)} → ${count(to, 'dimension', 'dimensions')}${explained === null ? '' : `, ${share(explained)} de la variance`}.`,
    engine: 'Moteur',
    engines: { auto: 'Automatique', webgpu: 'GPU (WebGPU)', cpu: 'CPU (WebAssembly)' },
    engineText: 'Le mode automatique prend le plus rapide.',
    half: 'Lignes sur 16 bits dans le GPU',
    halfText: 'Moins à lire ; seulement si un échantillon montre qu’aucune étiquette ne change.',
    silhouette: 'Silhouette',
    estimated: 'Estimée sur',
    estimatedUnit: 'images',
    exact: 'Exacte, sur toutes les images',
    takes: (seconds) => `environ ${f.duration(seconds)}`,
    limits: (low, high) => `de ${f.int(low)} à ${f.int(high)}`,
    open: 'Réglages du regroupement',
  },

  choice: {
    chosen: (k, value, error) =>
      `k = ${k} est choisi : sa silhouette est la plus haute, ${value}${error === null ? '' : ` ± ${error}`}.`,
    runnerUp: (k, value, tie) =>
      tie
        ? `${k} suit avec ${value}, aussi bien compte tenu de l’erreur d’estimation.`
        : `${k} suit avec ${value}.`,
    allAgree: 'Tous les indices sont d’accord.',
    agree: (names) =>
      `${capital(list(names.map((name) => criteria[name])))} ${names.length > 1 ? 'sont' : 'est'} d’accord.`,
    disagree: (others) =>
      `${capital(list(others.map(({ criterion, k }) => `${criteria[criterion]} prendrait ${k}`)))} : les indices pèsent autrement cohésion et séparation ; comparez les images des deux choix.`,
    sampled: (m, n) => `Les silhouettes sont estimées sur ${f.int(m)} des ${images(n)}.`,
    exact: (n) => `Les silhouettes sont exactes, sur ${images(n)}.`,
    compute: 'Calculer la silhouette exacte',
    computing: 'Calcul de la silhouette exacte',
    squared: 'Silhouette au carré',
    squaredAbout:
      'Avec les distances euclidiennes au carré, sur toutes les images. C’est une autre grandeur que la silhouette à côté : ne comparez jamais les deux ; k n’est pas choisi par elle.',
  },

  task: {
    busy: (what, percent, seconds) =>
      `${what} : ${percent}${seconds === null ? '' : `, encore ${f.duration(seconds)} environ`}`,
    interrupted: 'Une autre analyse a pris le relais. Recommencez quand elle sera finie.',
    failed: 'Ceci n’a pas abouti',
    waitForClusters: 'Attendez que les images soient regroupées.',
  },

  tree: {
    title: 'Arbre',
    about:
      'Des groupes dans les groupes : les images sont divisées, chaque partie l’est à son tour, et ainsi de suite.',
    aboutParts: 'Chaque partie regroupée à part, avec son propre nombre de groupes.',
    none: 'Pas encore d’arbre',
    by: 'Diviser par',
    byKmeans: 'Ressemblance (k-moyennes)',
    branching: 'Enfants par nœud',
    depth: 'Niveaux',
    minimumSize: 'Plus petit nœud à diviser',
    make: 'Faire l’arbre',
    makeParts: 'Regrouper chaque partie',
    again: 'Refaire',
    making: 'Construction de l’arbre',
    makingParts: 'Regroupement de chaque partie',
    stale: (n) => `${images(n)} venues plus tard ne sont pas dans cet arbre.`,
    summary: (nodes, levels, seconds) =>
      `${count(nodes, 'nœud', 'nœuds')}, ${count(levels, 'niveau', 'niveaux')}, ${f.duration(seconds)}`,
    root: 'Toutes les images',
    path: 'Chemin depuis la racine',
    goTo: 'Aller au nœud',
    noNode: (id) => `Il n’y a pas de nœud ${id}.`,
    children: 'Enfants',
    childCount: (n) => count(n, 'enfant', 'enfants'),
    leaf: 'feuille, sans division',
    parent: 'Remonter au parent',
    firstChild: 'Descendre au premier enfant',
    previous: 'Frère précédent',
    next: 'Frère suivant',
    keys: 'Flèches : haut vers le parent, bas vers le premier enfant, gauche et droite vers les frères.',
    images: 'Images de ce nœud',
    selectAll: 'Tout sélectionner',
    selectNode: (name, n) => `Sélectionner ${name}, ${images(n)}`,
    save: 'Enregistrer les images',
    csv: 'Arbre en CSV',
    shareOf: (n, fraction) => `${images(n)}, ${f.percent(fraction)}`,
    name: 'Nom',
    namePlaceholder: 'Donnez-lui un nom',
    parts: 'Parties',
    part: 'Partie',
    partImages: 'Images',
    partK: 'k',
    partSilhouette: 'Silhouette',
    noValue: '(aucun)',
    tooFew: 'Un arbre demande au moins trois images. Ajoutez-en d’autres.',
    spread: (value) => `distance quadratique moyenne au centre ${value}`,
  },

  compare: {
    title: 'Comparer',
    about: 'Deux façons de trier les mêmes images, côte à côte.',
    first: 'Lignes',
    second: 'Colonnes',
    swap: 'Échanger lignes et colonnes',
    clustering: (k) => `Groupes, k = ${k}`,
    groupClusterings: 'Ce regroupement',
    groupLevels: 'Arbre',
    groupColumns: 'Colonnes',
    level: (level, parts) => `Arbre, niveau ${level} (${count(parts, 'nœud', 'nœuds')})`,
    partLevel: (column, level, parts) => `${column}, niveau ${level} (${count(parts, 'nœud', 'nœuds')})`,
    ari: 'Indice de Rand ajusté',
    ariAbout:
      '1 : la même partition ; environ 0 : pas plus que le hasard ; moins de 0 : moins que le hasard.',
    nmi: 'Information mutuelle normalisée',
    nmiAbout: 'De 0 à 1, plus haut veut dire plus proche (moyenne arithmétique des entropies).',
    reading: (ari) =>
      ari >= 0.9
        ? 'Les deux concordent presque partout.'
        : ari >= 0.65
          ? 'Les deux concordent bien.'
          : ari >= 0.3
            ? 'Les deux concordent en partie.'
            : ari >= 0.05
              ? 'Les deux concordent peu.'
              : 'Les deux n’ont guère plus en commun que le hasard.',
    matched: (n, all) =>
      `${f.int(n)} des ${images(all)} (${f.percent(n / Math.max(all, 1))}) sont là où une ligne rencontre sa meilleure colonne.`,
    table: 'Table de confusion',
    tableAbout:
      'Images qui ont la valeur de la ligne et celle de la colonne, triées pour que ce qui va ensemble soit près de la diagonale. Les flèches déplacent, Entrée sélectionne les images.',
    cell: (row, column, n) => `${row}, ${column} : ${images(n)}`,
    csv: 'Table en CSV',
    working: 'Comparaison…',
    pending: (n) => `${images(n)} pas encore regroupées sont laissées de côté.`,
    same: 'Les deux côtés sont les mêmes. Choisissez-en un autre.',
  },

  stability: {
    title: 'Stabilité selon la graine',
    about:
      'Les k-moyennes partent du hasard. Relancez-les avec d’autres graines : là où les calculs concordent, les groupes sont dans les images et non dans les dés.',
    runs: 'Calculs par k',
    from: 'k de',
    to: 'à',
    start: 'Mesurer la stabilité',
    measuring: 'Mesure de la stabilité',
    k: 'k',
    mean: 'ARI moyen',
    lowest: 'ARI le plus bas',
    nmi: 'NMI moyenne',
    spread: 'Écart d’inertie',
    spreadText: 'le calcul le plus haut au-dessus du plus bas',
    table: 'Concordance des calculs selon k',
    chart: 'Concordance des calculs',
    method: (runs) =>
      `Méthode : indice de Rand ajusté entre ${f.int(runs)} calculs de k-moyennes pour chaque k, deux à deux.`,
    chartLabel: (low, high, best, ari) =>
      `Indice de Rand ajusté moyen et le plus bas pour k de ${low} à ${high}. Moyenne la plus haute à k = ${best} : ${ari}.`,
    verdict: (k, ari, lowest) => `Le plus stable : k = ${k}, ARI moyen ${ari}, le plus bas ${lowest}.`,
    current: (k, ari) => `Le k utilisé, ${k}, a ${ari}.`,
    csv: 'Stabilité en CSV',
    percent: (fraction) => `${f.decimal(100 * fraction, fraction < 0.001 ? 3 : 2)} %`,
    wrong: 'De 2 à 50 calculs, et k dans l’intervalle du regroupement.',
  },

  model: {
    title: 'Modèles',
    about:
      'Un regroupement peut être enregistré et appliqué à d’autres images : chacune va au centre le plus proche, rien n’est ajusté à nouveau.',
    save: 'Enregistrer le modèle…',
    export: 'Modèle (ZIP)',
    saveText: (k) => `échelle, ACP, ${count(k, 'centre', 'centres')} et noms`,
    apply: 'Appliquer un modèle…',
    kept: 'Gardés dans ce projet',
    keptLine: (k, date) => `${count(k, 'groupe', 'groupes')}, enregistré le ${date}`,
    use: 'Appliquer',
    remove: 'Retirer',
    removeNamed: (name) => `Retirer le modèle « ${name} »`,
    removed: (name) => `Modèle « ${name} » retiré.`,
    inUse: 'Utilisé',
    applied: (name) => `Les images sont étiquetées par « ${name} ».`,
    label: (name, date) => `Du modèle « ${name} », enregistré le ${date} ; sans nouvel ajustement.`,
    back: 'Revenir à ses propres groupes',
    isBack: 'Les propres groupes du projet sont de retour.',
    first: 'Ajoutez d’abord des images ; ce modèle pourra alors leur être appliqué.',
    needs: (descriptor) => `Ce modèle demande le descripteur « ${descriptor} ».`,
    needsAbsent: (descriptor) =>
      `Ce modèle demande le descripteur « ${descriptor} », dont le réseau n’est pas ici. Ajoutez-le dans les réglages, puis appliquez le modèle à nouveau.`,
    switch: 'En changer et appliquer',
    pixels: (width, height) => `Pixels bruts, ${width} × ${height}`,
    network: (title, layer) => `${title}, couche ${layer}`,
    loseNothing: 'Ce qui est calculé avec le descripteur actuel est conservé.',
  },
};

function list(parts: string[]): string {
  return new Intl.ListFormat('fr', { type: 'conjunction' }).format(parts);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
