import type { Words } from './en';
import { map } from './map-fr';

const plural = (n: number, one: string, other: string): string => (n < 2 ? one : other);

export const words: Words = {
  locale: 'fr',
  title: (project) => `Méthodes : ${project}`,
  summary: (images, project) =>
    `Les images de « ${project} » (${images} calculées) ont été triées avec Tessera, qui fonctionne dans un navigateur sur l’ordinateur même de la personne ; aucune image ne l’a quitté.`,
  clustered: (k, d) => `Leurs vecteurs de ${d} nombres ont été répartis en ${k} groupes par les k-moyennes.`,
  labelled: (k, model, date) =>
    `Elles ont été étiquetées par le modèle enregistré « ${model} » (${date}) à ${k} groupes ; rien n’a été ajusté sur ces images.`,
  notClustered: 'Elles n’ont pas encore été groupées.',

  software: 'Logiciel',
  version: 'Tessera',
  date: 'Date',
  browser: 'Navigateur',
  embeddedBy: 'Réseau exécuté par',
  unknownBackend: 'non noté (les vecteurs ont été calculés lors d’une session antérieure)',
  clusteredBy: 'Groupement exécuté par',
  engines: { webgpu: 'WebGPU', cpu: 'WebAssembly sur le processeur' },
  backends: { webgpu: 'WebGPU', wasm: 'WebAssembly sur le processeur', pixels: 'sans réseau' },
  threads: (n) => `${n} ${plural(n, 'fil d’exécution', 'fils d’exécution')}`,

  images: 'Images',
  announced: 'Fichiers donnés',
  embedded: 'Images calculées',
  duplicates: 'Fichiers aux mêmes octets qu’un autre (calculés une fois)',
  skippedFiles: 'Fichiers écartés',
  waiting: 'En attente de calcul',
  missing: 'Listés mais jamais lus',
  reasons: 'Fichiers écartés, par raison',
  reason: 'Raison',
  number: 'Nombre',
  skips: {
    empty: 'fichier vide',
    'not-image': 'pas une image',
    unsupported: 'format d’image non décodable',
    broken: 'abîmé ou tronqué',
    'too-large': 'trop de pixels pour la mémoire',
    unreadable: 'illisible',
    'system-file': 'fichier du système d’exploitation',
    archive: 'archive ou entrée impossible à ouvrir',
    record: 'enregistrement sans image décodable',
    address: 'adresse impossible à charger',
    'bad-embedding': 'le réseau n’a pas donné de nombres utilisables',
  },

  descriptor: 'De l’image au vecteur',
  network: 'Réseau',
  sha256: 'SHA-256 du fichier ONNX',
  layer: 'Couche',
  pooling: 'Réduction des axes spatiaux',
  pools: { none: 'aucune', avg: 'moyenne', max: 'maximum' },
  dimension: 'Nombres par image',
  size: 'Taille d’entrée',
  resize: 'Redimensionnement',
  resizes: {
    squash: 'les deux côtés à la taille d’entrée (les proportions ne sont pas gardées)',
    crop: 'petit côté à 256/224 de la taille d’entrée, puis le centre',
  },
  filter: 'Filtre',
  filterText:
    'filtre triangulaire anticrénelé, comme BILINEAR de Pillow ; orientation EXIF appliquée ; RVB 8 bits, profils ignorés',
  channels: 'Canaux',
  normalisation: 'Normalisation',
  normalised: (scale, mean, std) =>
    `valeur = (octet × ${scale} − moyenne) / écart ; moyenne ${mean} ; écart ${std}`,
  pixels: 'Pixels bruts : RVB / 255, sans réseau',
  foreign: 'Vecteurs d’un autre outil',
  foreignFile: 'Empreinte du fichier',
  foreignPaths: 'Empreinte de la liste des chemins',
  vectors: 'Vecteurs d’un autre outil, lus dans un fichier',
  fingerprint: 'Empreinte du fichier',

  clustering: 'Groupement',
  method: 'Méthode',
  lloyd: 'k-moyennes (Lloyd), départs k-means++ gloutons',
  minibatch: 'k-moyennes par mini-lots',
  byModel: 'centre le plus proche d’un modèle enregistré',
  scaling: 'Mise à l’échelle',
  scalings: {
    none: 'aucune',
    l2: 'lignes de longueur un',
    standard: 'colonnes de moyenne nulle et de variance un',
    minmax: 'colonnes ramenées à 0..1',
  },
  pca: 'Réduction (ACP)',
  noPca: 'aucune',
  reduced: (m, share) => (share === null ? `${m} composantes` : `${m} composantes, ${share} de la variance`),
  kTried: 'Nombres de groupes essayés',
  restarts: 'Départs (n_init)',
  iterations: 'Itérations au plus',
  tolerance: 'Tolérance',
  seed: 'Graine',
  seconds: 'Durée',
  secondsValue: (s) => `${s} s`,

  choice: 'Choix de k',
  chosen: (k, value) => `k = ${k} a la silhouette la plus haute, ${value}.`,
  byHand: (k, value) =>
    `k = ${k} a été choisi à la main, avec une silhouette de ${value} ; ce n’est pas le k de la plus haute silhouette.`,
  highest: (k, value) => `La silhouette la plus haute est celle de k = ${k}, ${value}.`,
  runnerUp: (k, value) => `Le suivant est k = ${k} avec ${value}.`,
  others: (elbow, calinski, davies) =>
    `D’autres indices prendraient : coude de l’inertie ${elbow}, Calinski-Harabasz ${calinski}, Davies-Bouldin ${davies}.`,
  none: 'aucun',
  sampled: (sample, n) =>
    `Les silhouettes sont euclidiennes et estimées sur un échantillon stratifié de ${sample} images sur ${n}, chacune comparée à toutes ; ± est l’erreur type.`,
  exact: (n) => `Les silhouettes sont euclidiennes et exactes, sur les ${n} images.`,
  scored: (rows) =>
    `Les vecteurs ne tenaient pas ensemble en mémoire : les scores sont ceux de ${rows} images tirées au hasard.`,
  scores: 'Scores de chaque nombre de groupes',
  inertia: 'Inertie',
  silhouette: 'Silhouette',
  error: 'Erreur type',
  squared: 'Silhouette au carré',
  calinski: 'Calinski-Harabasz',
  davies: 'Davies-Bouldin',

  edits: {
    title: 'Modifications à la main',
    text: (moved, n, from, to) =>
      `Après le regroupement, des groupes ont été modifiés à la main : ${moved} images sur ${n} sont dans un autre groupe que celui du calcul, et ${from} groupes sont devenus ${to}. Centres, distances et tailles sont ceux des groupes modifiés ; les scores sont ceux des groupes calculés.`,
    caption: 'Modifications, dans l’ordre',
    when: 'Quand',
    what: 'Quoi',
    merge: (from, into) => `groupes ${from} fusionnés dans ${into}`,
    split: (cluster, parts, seed) => `groupe ${cluster} divisé en ${parts} par k-moyennes (graine ${seed})`,
    move: (n, to) => `${n} images déplacées vers le groupe ${to}`,
    none: (n) => `${n} images sorties de tous les groupes`,
    name: (cluster, name) => `groupe ${cluster} nommé « ${name} »`,
    notRepeated: 'Elle ne répète pas les modifications.',
  },

  sizes: 'Groupes',
  sizesCaption: 'Tailles des groupes',
  cluster: 'Groupe',
  name: 'Nom',
  size_: 'Images',
  share: 'Part',

  map,

  tables: 'Tables de métadonnées',
  tablesCaption: 'Tables jointes aux images',
  table: 'Table',
  rows: 'Lignes',
  key: 'Colonne clé',
  by: 'Jointure par',
  bys: { path: 'chemin entier', suffix: 'fin du chemin', name: 'nom de fichier' },
  withoutExtension: 'sans extension',
  ignoringCase: 'sans égard à la casse',
  matched: 'Images trouvées',
  of: (a, b) => `${a} sur ${b}`,

  repeat: 'Pour recommencer',
  repeatText: (sha256) =>
    `Les mêmes fichiers, la même graine et le même moteur donnent les mêmes groupes. Avec la commande de Tessera, où FOLDER est le dossier des images${sha256 === null ? '' : ' et NETWORK.onnx le réseau au SHA-256 ci-dessus'} :`,
  repeatByHand:
    'Les mêmes vecteurs, la même graine et le même moteur donnent les mêmes groupes ; ouvrez le fichier de projet, ou redonnez les mêmes fichiers et réglages.',

  references: 'Références',
  appendix: 'Annexe : fichiers écartés',
  file: 'Fichier',
  left: (n) => `${n} autres ne sont pas listés ici ; skipped.csv les a tous.`,
};
