import type { ErrorCode } from '../../../domain/errors';
import type { SkipCode } from '../../../domain/files';
import type { BackendInfo } from '../../../domain/progress';
import { createFormat } from '../format';
import type { Shell } from '../messages';
import { skipDetails } from './skip-details';

const f = createFormat('fr');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;

const errors: Record<ErrorCode, () => string> = {
  'model-not-onnx': () =>
    'Ce fichier n’est pas un réseau ONNX. Exportez le réseau en .onnx et déposez-le à nouveau.',
  'model-inputs': () => 'Ce réseau ne prend pas une seule image en entrée ; il est inutilisable ici.',
  'model-no-layer': () =>
    'Aucune couche de ce réseau ne donne un vecteur par image. Choisissez une autre couche ou un autre réseau.',
  'model-hash': () =>
    'Le réseau téléchargé diffère de celui qui est publié ; il a été écarté. Réessayez ; si cela se reproduit, c’est que la source a changé.',
  'model-download': () =>
    'Le réseau n’a pas pu être téléchargé. Vérifiez la connexion et réessayez ; ce qui est arrivé est conservé.',
  'model-run': () =>
    'Le réseau a échoué sur ces images. Essayez l’autre moteur de calcul dans les réglages, ou un autre réseau.',
  'backend-missing': () =>
    'Le moteur de calcul choisi n’existe pas dans ce navigateur. Choisissez « Automatique » dans les réglages.',
  'device-lost': () =>
    'Le processeur graphique ne répond plus. Ce qui a été calculé est conservé ; reprenez, ou passez au processeur central dans les réglages.',
  quota: () =>
    'L’espace de stockage du navigateur est plein. Ce qui a été calculé est conservé. Supprimez un projet ou libérez de l’espace disque, puis reprenez.',
  'blocked-upgrade': () =>
    'Un autre onglet garde ouverte une version plus ancienne de Tessera. Fermez-le, puis rechargez cette page.',
  store: () =>
    'Le stockage du navigateur ne peut être ni lu ni écrit. La navigation privée l’interdit souvent : utilisez une fenêtre normale, ou rechargez la page.',
  'project-busy': () =>
    'Un autre onglet travaille sur ce projet. Continuez là-bas, ou fermez cet onglet et réessayez ici.',
  archive: () =>
    'Cette archive n’a pas pu être ouverte : elle est peut-être incomplète ou chiffrée. Décompressez-la et déposez le dossier.',
  remote: () =>
    'Le serveur n’a pas donné ce qui était demandé ; la ligne ci-dessous dit pourquoi. Ce qui est arrivé est conservé.',
  'read-file': () =>
    'Ce fichier n’a pas pu être lu : il est tronqué, endommagé ou d’une autre nature que son nom l’indique. Enregistrez-le de nouveau là où il a été créé.',
  'import-descriptors': () =>
    'Ces vecteurs n’ont pas pu être repris : leurs chemins ne correspondent pas aux images. Choisissez une autre liste de chemins, ou ajoutez d’abord les images.',
  'import-embeddings': () =>
    'Ces vecteurs ne conviennent pas : leurs lignes et leurs chemins d’images ne correspondent pas. Exportez-les à nouveau depuis Tessera.',
  'model-bundle': () =>
    'Ce fichier n’est pas un modèle de regroupement enregistré par Tessera, ou il est abîmé. Enregistrez le modèle à nouveau et appliquez ce fichier.',
  'project-file': () =>
    'Ce fichier de projet est abîmé ou n’a pas été écrit par Tessera. Rien n’en a été gardé ; enregistrez-le de nouveau là où il a été fait.',
  'project-newer': () =>
    'Ce fichier de projet a été écrit par un Tessera plus récent. Rechargez cette page pour obtenir cette version, puis rouvrez le fichier.',
  'model-mismatch': () =>
    'Ce modèle a été ajusté sur un autre descripteur que celui des images. Passez au descripteur qu’il demande, puis appliquez-le à nouveau.',
  'original-missing': () =>
    'L’image elle-même n’est pas dans ce navigateur : le projet est venu dans un fichier sans les images. Déposez leur dossier pour les retrouver.',
  'too-few-images': () => 'Il faut au moins 3 images différentes pour former des groupes. Ajoutez-en.',
  cancelled: () => 'Annulé.',
  memory: () =>
    'L’analyse demande plus de mémoire à la fois que ce navigateur n’en donne. Réduisez les vecteurs à moins de dimensions dans les réglages, ou groupez moins d’images.',
  internal: () =>
    'Une erreur imprévue s’est produite. Vos données sont conservées ; rechargez la page pour continuer.',
};

const skips: Record<SkipCode, string> = {
  empty: 'Le fichier est vide (0 octet)',
  'not-image': 'Ce n’est pas une image',
  unsupported: 'Ce format d’image n’est pas lisible ici',
  broken: 'Endommagé ou tronqué',
  'too-large': 'Trop de pixels pour la mémoire',
  unreadable: 'Le navigateur n’a pas pu lire le fichier ; il a peut-être été déplacé',
  'system-file': 'Un fichier du système d’exploitation, pas une image',
  archive: 'L’archive, ou cette partie de l’archive, n’a pas pu être ouverte',
  record: 'Cet enregistrement ne contient aucune image décodable',
  address: 'L’image n’a pas pu être récupérée à son adresse',
  'bad-embedding': 'Le réseau n’en a tiré aucune valeur utilisable',
};

const backendReasons: Record<BackendInfo['reason'], string> = {
  measured: 'le plus rapide lors d’un court essai',
  'only-choice': 'le seul que propose ce navigateur',
  'software-adapter': 'l’adaptateur graphique est ici logiciel, donc plus lent',
  asked: 'comme vous l’avez choisi',
  fallback: 'le processeur graphique a échoué, le processeur central a pris le relais',
};

export const shell: Shell = {
  app: {
    skipLink: 'Aller au contenu',
    loading: 'Chargement…',
    close: 'Fermer',
    cancel: 'Annuler',
    retry: 'Réessayer',
    undo: 'Annuler',
    details: 'Détails',
    viewFailed: 'Cette vue n’a pas pu être chargée. Vérifiez la connexion, puis réessayez.',
  },
  nav: {
    label: 'Écrans',
    map: 'Carte',
    clusters: 'Groupes',
    tree: 'Arbre',
    explore: 'Explorer',
    search: 'Recherche',
    compare: 'Comparer',
    data: 'Données',
    settings: 'Réglages',
    projects: 'Projets',
  },
  bar: {
    label: 'Projet',
    images: (n) => count(n, 'image', 'images'),
    skipped: (n) => count(n, 'ignorée', 'ignorées'),
    switchProject: 'Changer de projet',
    allProjects: 'Tous les projets',
    newProject: 'Nouveau projet',
    add: 'Ajouter des images',
    addFiles: 'Fichiers…',
    addFolder: 'Dossier…',
    export: 'Exporter',
    more: 'Plus',
    language: 'Langue',
    theme: 'Thème',
    themes: { system: 'Comme le système', light: 'Clair', dark: 'Sombre' },
    keys: 'Raccourcis clavier',
  },
  start: {
    title: 'Déposez ici des images ou un dossier',
    text: 'Tessera regarde chaque image et réunit celles qui se ressemblent.',
    files: 'Choisir des fichiers',
    folder: 'Choisir un dossier',
    formats:
      'JPEG, PNG, WebP, AVIF, GIF, BMP, TIFF, HEIC, ZIP et TAR, y compris dans des sous-dossiers. Le collage fonctionne aussi.',
    sample: 'Essayer le jeu d’exemples',
    sampleDetail: (images, bytes) => `${f.int(images)} images, ${f.bytes(bytes)}`,
    sampleProject: 'Jeu d’exemples',
    private:
      'Rien ne quitte cette machine : les images restent dans ce navigateur et ne sont jamais envoyées.',
    runsOnLabel: 'Calculé par',
    privateLabel: 'Confidentiel',
    checking: 'Recherche d’un processeur graphique…',
    gpu: (name) => `le processeur graphique : ${name}`,
    software: 'le processeur central : le seul adaptateur graphique ici est logiciel',
    noWebgpu: 'le processeur central : ce navigateur n’offre pas WebGPU',
    trialNote: 'Un court essai sur vos premières images décide du plus rapide.',
    noStore:
      'Cette fenêtre ne peut pas stocker de données (navigation privée, peut-être). Utilisez une fenêtre normale : sans stockage, les images ne peuvent pas être conservées.',
    noWebgl:
      'WebGL est absent ou désactivé : la carte ne peut pas être dessinée. Les groupes et les exports fonctionnent.',
    recent: 'Projets récents',
    untitled: (date) => `Images du ${date}`,
  },
  drop: {
    title: 'Déposez pour ajouter',
    new: 'Images, dossiers, archives ZIP ou TAR, ou réseau ONNX',
    into: (project) => `S’ajoute à « ${project} ». Un réseau ONNX ouvre les réglages du modèle.`,
    nothing: 'Il n’y avait aucun fichier dans ce que vous avez déposé.',
    reading: (n) => `Inventaire des fichiers : ${f.int(n)}`,
    added: (files, bytes, seconds) =>
      [
        count(files, 'fichier', 'fichiers'),
        f.bytes(bytes),
        seconds === null ? 'estimation de la durée…' : `environ ${f.duration(seconds)}`,
      ].join(' · '),
  },
  progress: {
    label: 'Avancement',
    embedding: 'Analyse des images',
    clustering: 'Regroupement',
    paused: 'En pause',
    left: (seconds) => `encore ${f.duration(seconds)}`,
    rate: (perSecond) => `${f.decimal(perSecond, perSecond < 10 ? 1 : 0)} images/s`,
    of: (done, all) => `${f.int(done)} sur ${f.int(all)}`,
    pause: 'Mettre en pause',
    resume: 'Reprendre',
    cancel: 'Arrêter',
    spoken: (percent, seconds) =>
      seconds === null ? `${percent} effectués` : `${percent} effectués, encore ${f.duration(seconds)}`,
    finished: (n) => `Terminé : ${count(n, 'image analysée', 'images analysées')}.`,
    clustered: (k) => `${count(k, 'groupe trouvé', 'groupes trouvés')}.`,
    stopped: 'Arrêté. Ce qui a été calculé est conservé.',
    waiting: (n) => `${count(n, 'image', 'images')} en attente`,
    starting: 'Démarrage…',
    continueRun: 'Continuer',
  },
  backend: {
    webgpu: (device) => `GPU : ${device}`,
    wasm: (threads) => `CPU, ${count(threads, 'fil', 'fils')} d’exécution`,
    pixels: 'Pixels bruts, sans réseau',
    reasons: backendReasons,
    trial: (backend, ms) => `${backend} : ${f.decimal(ms, ms < 10 ? 1 : 0)} ms par image`,
  },
  inspector: {
    label: 'Sélection',
    open: (n) => count(n, 'sélectionnée', 'sélectionnées'),
    close: 'Fermer la sélection',
  },
  data: {
    title: 'Données',
    intro: 'Chaque fichier déposé figure dans ce compte.',
    announced: 'Fichiers déposés',
    embedded: 'Analysés',
    waiting: 'En attente',
    duplicates: 'Doublons',
    skipped: 'Ignorés',
    missing: 'Manquants',
    sum: (announced, sum) =>
      announced === sum
        ? `La somme fait bien ${f.int(sum)}.`
        : `La somme fait ${f.int(sum)} et non ${f.int(announced)} : l’inventaire des fichiers n’est pas terminé.`,
    offered: (n) =>
      `Non compté et non conservé tant que vous n’avez pas décidé : ${count(n, 'fichier proposé', 'fichiers proposés')}.`,
    skippedTitle: 'Fichiers ignorés',
    skippedNone: 'Aucun fichier n’a été ignoré.',
    duplicatesTitle: 'Fichiers identiques',
    duplicatesText: 'Ces fichiers contiennent les mêmes octets qu’un autre et ne comptent qu’une fois.',
    duplicatesNone: 'Aucun fichier n’est identique à un autre.',
    missingText: (n) =>
      `${count(n, 'fichier annoncé n’a pas été lu', 'fichiers annoncés n’ont pas été lus')} avant la fermeture de l’onglet. Déposez à nouveau le dossier pour compléter le projet ; ce qui est déjà là ne sera pas relu.`,
    path: 'Chemin',
    reason: 'Raison',
    kept: 'Conservé',
    same: 'Identique à celui-ci',
    download: 'Télécharger skipped.csv',
    more: (n) => `En afficher ${f.int(n)} de plus`,
  },
  projects: {
    title: 'Projets',
    none: 'Aucun projet pour l’instant. Déposez des images pour créer le premier.',
    open: 'Ouvrir',
    current: 'Ouvert',
    rename: (name) => `Renommer « ${name} »`,
    name: 'Nom du projet',
    remove: 'Supprimer',
    removeNamed: (name) => `Supprimer « ${name} »`,
    removed: (name) => `« ${name} » supprimé.`,
    changed: (date) => `modifié le ${date}`,
    images: (n) => count(n, 'image', 'images'),
    unfinished: 'inachevé',
    storage: 'Stockage',
    used: (used, quota) => `${f.bytes(used)} utilisés sur les ${f.bytes(quota)} que le navigateur autorise`,
    persisted: 'Le navigateur garde ces données jusqu’à ce que vous les supprimiez.',
    volatile: 'Le navigateur peut effacer ces données si le disque est plein.',
    persist: 'Demander au navigateur de les garder',
    refused:
      'Le navigateur refuse pour l’instant. Installer l’application, ou mettre la page en favori, aide souvent.',
    nearQuota: (percent) =>
      `${percent} du stockage du navigateur est utilisé. Supprimez un projet avant d’ajouter beaucoup d’images.`,
  },
  settings: {
    title: 'Réglages',
    noProject: 'Ouvrez un projet pour régler le descripteur et le regroupement.',
    model: 'Descripteur',
    modelText:
      'Ce qui transforme une image en nombres. En changer relance l’analyse des images ; les résultats précédents restent en mémoire.',
    inUse: 'Utilisé',
    use: 'Utiliser',
    change: 'Modifier…',
    removeNamed: (name) => `Retirer « ${name} »`,
    dims: (n) => `${f.int(n)} nombres par image`,
    pixels: 'Pixels bruts',
    pixelsText: 'Les couleurs elles-mêmes, en 32 × 32. Sans réseau ; utile pour des vues presque identiques.',
    bundled: 'fourni avec Tessera',
    download: (bytes) => `Télécharger ${f.bytes(bytes)}`,
    resume: (got, all) => `Reprendre à ${f.bytes(got)} sur ${f.bytes(all)}`,
    downloading: (got, all) => `${f.bytes(got)} sur ${f.bytes(all)}`,
    verifying: 'Vérification…',
    stored: 'Téléchargé',
    remove: 'Retirer',
    published: (n) => `${count(n, 'réseau publié', 'réseaux publiés')} à télécharger`,
    licenceElsewhere: 'licence : voir son dépôt',
    own: 'Votre propre réseau',
    ownText: 'Déposez un fichier .onnx n’importe où, ou choisissez-en un.',
    chooseOnnx: 'Choisir un fichier .onnx',
    licence: (name) => `Licence : ${name}`,
    layer: 'Couche',
    layerText: 'La sortie de cette couche sert de descripteur.',
    proposed: 'proposée',
    pool: 'Agrégation',
    pools: { none: 'Aucune', avg: 'Moyenne', max: 'Maximum' },
    input: 'Entrée',
    inputAsked: 'Le fichier ne le dit pas ; vérifiez sur la fiche du réseau :',
    inputRead: 'Lu dans le fichier.',
    questions: { size: 'la taille', layout: 'la disposition', normalisation: 'la normalisation' },
    width: 'Largeur',
    height: 'Hauteur',
    layout: 'Disposition',
    channels: 'Canaux',
    grey: 'Gris',
    normalisation: 'Normalisation',
    normalisations: {
      imagenet: 'Moyenne et écart type d’ImageNet',
      symmetric: '−1 à 1',
      unit: '0 à 1',
      lite: '(x − 127) / 128',
      caffe: 'Caffe (BGR, moyenne retirée)',
      bytes: '0 à 255',
    },
    resize: 'Prétraitement',
    resizes: {
      squash: 'Ramener l’image entière à la taille d’entrée',
      crop: 'Réduire le petit côté, garder le centre',
    },
    compute: 'Calcul',
    backend: 'Moteur',
    backends: { auto: 'Automatique', webgpu: 'GPU (WebGPU)', wasm: 'CPU (WebAssembly)' },
    backendForced: (backend) => `Fixé à « ${backend} » par ?backend= dans l’adresse.`,
    clustering: 'Regroupement',
    seed: 'Graine',
    seedText: 'La même graine donne les mêmes groupes.',
    kRange: 'Nombres de groupes à essayer',
    from: 'de',
    to: 'à',
    kRangeWrong: 'De 2 à 1 024, le second au moins égal au premier.',
    scaling: 'Mise à l’échelle',
    scalings: {
      none: 'Aucune',
      l2: 'Longueur unité (compare les directions)',
      standard: 'Colonnes centrées réduites',
      minmax: 'Colonnes ramenées à 0…1',
    },
    apply: 'Regrouper à nouveau',
  },
  exports: {
    label: 'Exporter',
    labels: 'Étiquettes (CSV)',
    labelsText: 'chemin, groupe, distance au centre',
    embeddings: 'Descripteurs (NPY)',
    embeddingsText: 'float32, une ligne par image',
    bundle: 'Paquet de descripteurs (ZIP)',
    bundleText: 'nombres, chemins et empreintes, à réimporter',
    scores: 'Scores (CSV)',
    scoresText: 'toutes les mesures pour chaque k',
    images: 'Images par groupe (ZIP)',
    imagesText: (n) =>
      n === 0
        ? 'toutes les images, un dossier par groupe'
        : `${count(n, 'sélectionnée', 'sélectionnées')}, un dossier par groupe`,
    skipped: 'Fichiers ignorés (CSV)',
    skippedText: 'chemin, raison',
    done: (name) => `Enregistré : ${name}`,
  },
  keys: {
    title: 'Raccourcis clavier',
    undo: 'Annuler',
    redo: 'Rétablir',
    clear: 'Vider la sélection, fermer ce qui est ouvert',
    searchBox: 'Aller au champ de recherche',
    find: 'Chercher des images semblables à celle pointée, ou à la sélection',
    help: 'Afficher cette liste',
  },
  notices: {
    label: 'Messages',
    dismiss: 'Masquer',
    undone: 'Annulé.',
    nothingToUndo: 'Il n’y a rien à annuler.',
    deviceLost: 'Le processeur graphique s’est interrompu et a redémarré ; rien ne manque.',
    fallback:
      'Le processeur graphique échoue sans cesse. Le travail continue sur le processeur central, plus lentement.',
    quotaNear: 'Le stockage du navigateur est presque plein.',
    resumed: 'L’analyse inachevée reprend là où elle s’était arrêtée.',
    unfinished: (n) =>
      `${count(n, 'image de ce projet n’est pas encore calculée', 'images de ce projet ne sont pas encore calculées')}. Elles attendent que vous les laissiez continuer.`,
    missing: (n) =>
      `${count(n, 'fichier n’a pas pu être lu', 'fichiers n’ont pas pu être lus')} avant la fermeture de l’onglet. Déposez à nouveau le dossier pour compléter le projet.`,
    show: 'Afficher',
    offline: 'Tessera fonctionne désormais aussi sans réseau.',
    update: 'Une version plus récente de Tessera est prête.',
    reload: 'Recharger',
    embeddingsIn: (n) => count(n, 'descripteur importé', 'descripteurs importés') + '.',
  },
  errors,
  skips,
  skipDetails,
};
