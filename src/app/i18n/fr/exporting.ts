import type { Format, RowChoice, Subject } from '../../state/export-plan';
import { createFormat } from '../format';
import type { Exporting } from '../messages';

const f = createFormat('fr');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;
const images = (n: number): string => count(n, 'image', 'images');

const subjects: Record<Subject, string> = {
  images: 'Tableau des images',
  clusters: 'Tableau des groupes',
  scores: 'Scores pour chaque k',
  vectors: 'Vecteurs',
  pictures: 'Images',
};
const subjectTexts: Record<Subject, string> = {
  images: 'une ligne par image, avec les colonnes de votre choix',
  clusters: 'nom, note, taille, image la plus typique, dispersion',
  scores: 'inertie, silhouette, Calinski-Harabasz, Davies-Bouldin',
  vectors: 'les nombres du réseau, une ligne par image',
  pictures: 'copies des fichiers, avec la liste de leur provenance',
};
const formats: Record<Format, string> = {
  csv: 'CSV',
  tsv: 'TSV',
  json: 'JSON',
  ndjson: 'NDJSON',
  parquet: 'Parquet',
  bulk: 'Bulk Elasticsearch',
  npy: 'NumPy (.npy)',
  bundle: 'ZIP à réimporter',
  zip: 'ZIP',
  folder: 'Dossier',
};
const formatTexts: Record<Format, string> = {
  csv: 'tableurs, R, pandas',
  tsv: 'tabulations entre les cellules',
  json: 'un seul tableau',
  ndjson: 'un objet par ligne',
  parquet: 'pandas, DuckDB, Spark ; garde les types',
  bulk: 'pour _bulk d’Elasticsearch et d’OpenSearch',
  npy: 'float32, ordre C',
  bundle: 'nombres, chemins et empreintes',
  zip: 'un seul fichier',
  folder: 'dans un dossier de votre choix',
};
const rows: Record<RowChoice, string> = { all: 'Toutes', selection: 'Sélection', cluster: 'Un groupe' };

export const exporting: Exporting = {
  title: 'Exporter',
  about: 'Les fichiers sont écrits sur cet ordinateur. Rien n’est envoyé ailleurs.',
  more: 'Autres façons d’exporter…',
  moreText: 'colonnes, formats, Parquet, dossiers',
  empty: 'Il n’y a encore rien à exporter. Ajoutez des images ou attendez les premiers groupes.',
  what: 'Contenu',
  subjects,
  subjectTexts,
  format: 'Format',
  formats,
  formatTexts,
  noFolder: 'Ce navigateur ne peut pas écrire dans un dossier. Chrome et Edge le peuvent.',
  rows: 'Quelles images',
  rowChoices: rows,
  of: images,
  cluster: 'Groupe',
  columns: 'Colonnes',
  groups: { image: 'Image', cluster: 'Groupe', path: 'Tirées du chemin', metadata: 'Métadonnées' },
  columnsChosen: (n: number) => count(n, 'colonne', 'colonnes'),
  noColumns: 'Choisissez au moins une colonne.',
  all: 'Toutes',
  none: 'Aucune',
  presets: 'Partir de',
  presetNames: { labels: 'Étiquettes', pathLabel: 'Chemin et étiquette', everything: 'Toutes les colonnes' },
  options: 'Options',
  duplicates: (n: number) => `Aussi ${count(n, 'fichier', 'fichiers')} de mêmes octets qu’un autre`,
  vectors: (d: number) => `Avec le vecteur de chaque image (${f.int(d)} nombres)`,
  exact: 'Laisser le texte exactement tel quel',
  exactText:
    'Sinon, un texte qu’un tableur exécuterait comme formule reçoit une apostrophe devant lui. Les nombres, jamais.',
  bom: 'Marquer comme UTF-8 pour Excel',
  prefix: 'Devant le nom de chaque champ',
  index: 'Index (peut rester vide)',
  ids: (found: boolean) =>
    found
      ? 'Les documents sont mis à jour par l’_id avec lequel ils sont venus.'
      : 'Aucune image n’a d’_id : les documents sont ajoutés.',
  layout: 'Dossiers',
  layouts: { cluster: 'Par groupe', structure: 'Comme à l’origine' },
  nearest: 'Seulement les plus typiques de chaque groupe',
  nearestUnit: 'images, les plus proches du centre d’abord',
  png: 'En PNG : les pixels tels qu’affichés, quel que soit le fichier',
  first: 'Seulement les premières',
  firstUnit: 'images de la liste',
  neverOver: 'Rien n’est écrasé dans le dossier : un nom déjà pris reçoit un numéro.',
  preview: 'Aperçu',
  previewOf: (shown: number, all: number) =>
    shown < all ? `les ${f.int(shown)} premières lignes sur ${f.int(all)}` : count(all, 'ligne', 'lignes'),
  matrix: (n: number, d: number) => `${f.int(n)} × ${f.int(d)} float32`,
  size: (bytes: number) => `environ ${f.bytes(bytes)}`,
  save: 'Enregistrer',
  choose: 'Choisir un dossier…',
  busy: 'Exportation',
  cancel: 'Annuler',
  saved: (name: string) => `Enregistré : ${name}`,
  copied: (written: number, missing: number, failed: number, manifest: string) =>
    [
      `${count(written, 'image copiée', 'images copiées')}`,
      ...(missing > 0 ? [count(missing, 'manquante', 'manquantes')] : []),
      ...(failed > 0 ? [`${count(failed, 'refusée', 'refusées')} par le navigateur`] : []),
      `liste dans ${manifest}`,
    ].join(', '),
  stopped: (written: number, manifest: string) =>
    `Annulé : ${count(written, 'image copiée', 'images copiées')}, liste dans ${manifest}`,
  others: 'Autres fichiers',
  othersText: 'Ce que les autres écrans enregistrent, en un seul endroit.',
  otherNames: {
    tree: 'Arbre (CSV)',
    parts: 'Groupes de chaque dossier (CSV)',
    stability: 'Stabilité (CSV)',
    confusion: 'Tableau croisé (CSV)',
    model: 'Modèle (ZIP)',
    skipped: 'Fichiers ignorés (CSV)',
    duplicates: 'Doublons (CSV)',
  },
  otherTexts: {
    tree: 'nœud de chaque image à chaque niveau',
    parts: 'chemin, dossier, groupe dans ce dossier',
    stability: 'accord des calculs avec d’autres graines',
    confusion: 'images communes à deux classements',
    model: 'les groupes, pour étiqueter d’autres images',
    skipped: 'chemin, raison',
    duplicates: 'chemin, et celui de mêmes octets',
  },
  notYet: 'pas encore fait',
  noneOf: 'il n’y en a pas',
};
