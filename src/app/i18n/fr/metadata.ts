import type { JoinList } from '../../../domain/metadata';
import type { Column, JoinKey } from '../../../domain/table';
import { columnFormat } from '../column-format';
import { createFormat } from '../format';
import type { Metadata } from '../messages';

const f = createFormat('fr');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;
const images = (n: number): string => count(n, 'image', 'images');
const rows = (n: number): string => count(n, 'ligne', 'lignes');

const types: Record<Column['type'], string> = {
  number: 'nombres',
  date: 'dates',
  boolean: 'oui ou non',
  text: 'texte',
};
const ways: Record<JoinKey['by'], string> = {
  path: 'le chemin entier',
  suffix: 'la fin du chemin',
  name: 'le nom du fichier',
};
const lists: Record<JoinList, (n: number) => string> = {
  images: (n) => `${images(n)} sans ligne`,
  rows: (n) => `${rows(n)} sans image`,
  duplicates: (n) =>
    `${count(n, 'clé présente', 'clés présentes')} dans plusieurs lignes ; la première compte`,
  ambiguous: (n) =>
    n < 2
      ? `${rows(n)} qui convient à plusieurs images et reste de côté`
      : `${rows(n)} qui conviennent à plusieurs images et restent de côté`,
};

export const metadata: Metadata = {
  types,
  value: { ...columnFormat('fr'), yes: 'oui', no: 'non' },

  ramp: {
    none: (n: number) => `${images(n)} sans valeur`,
  },

  join: {
    reading: 'Lecture du tableau',
    matching: 'Rapprochement des lignes et des images',
    size: (n: number, columns: number) => `${rows(n)}, ${count(columns, 'colonne', 'colonnes')}`,
    columns: 'Colonnes du tableau',
    column: 'Colonne',
    type: 'Type',
    values: 'Valeurs',
    problems: (n: number) => count(n, 'bizarrerie dans le fichier', 'bizarreries dans le fichier'),
    problem: (line: number, reason: string) => (line === 0 ? reason : `Ligne ${f.int(line)} : ${reason}`),
    key: 'Colonne qui nomme l’image',
    keyOption: (column: string, matched: number, all: number) =>
      `${column} (${f.int(matched)} sur ${images(all)})`,
    by: 'La comparer avec',
    ways,
    extension: 'Les extensions doivent concorder',
    ignoreCase: 'Majuscules sans importance',
    rate: (matched: number, all: number) =>
      `${f.int(matched)} sur ${images(all)} ont une ligne (${f.percent(all > 0 ? matched / all : 0)}).`,
    noImages:
      'Il n’y a pas encore d’images. Gardez le tableau : il est rapproché des images à mesure qu’elles arrivent.',
    noMatch: 'Aucune colonne ne nomme les images. Choisissez-en une, et une comparaison moins stricte.',
    lists,
    row: (where: string) => `ligne ${where}`,
    more: (n: number) => `et ${f.int(n)} de plus dans le fichier`,
    csv: 'Télécharger en CSV',
    csvOf: (what: string) => `Télécharger en CSV : ${what}`,
    keep: 'Ajouter les colonnes',
    keepNew: 'Garder dans un nouveau projet',
    change: 'Utiliser cette clé',
    kept: (columns: number, matched: number) =>
      `${count(columns, 'colonne ajoutée', 'colonnes ajoutées')} pour ${images(matched)}.`,
    changed: 'Le tableau est rapproché par une autre clé.',
  },

  data: {
    title: 'Colonnes',
    none: 'On ne sait rien des images hormis leurs chemins. Déposez un tableau (CSV, TSV, JSON, Parquet) qui les nomme.',
    tables: 'Tableaux',
    matched: (n: number, all: number, total: number) =>
      `${f.int(n)} sur ${images(all)} rapprochées, ${rows(total)} dans le tableau`,
    joinedBy: (column: string, way: string) => `par « ${column} », comparée avec ${way}`,
    changeKey: 'Changer la clé…',
    changeKeyOf: (name: string) => `Changer la clé de « ${name} »`,
    remove: 'Retirer',
    removeOf: (name: string) => `Retirer « ${name} »`,
    removed: (name: string) => `« ${name} » retiré.`,
    column: 'Colonne',
    type: 'Type',
    source: 'Origine',
    sources: { record: 'enregistrements', exif: 'les images (EXIF)' },
    filled: 'Images avec une valeur',
    values: 'Valeurs',
  },

  facts: {
    title: 'Colonnes',
    more: 'Tout afficher',
    less: 'Afficher moins',
  },

  breakdown: {
    title: 'Colonnes',
    column: 'Colonne',
    value: 'Valeur',
    here: 'Ici',
    everywhere: 'Du total',
    everywhereText: 'part de toutes les images ayant cette valeur qui sont dans ce groupe',
    select: (value: string, n: number) => `Sélectionner ${value}, ${images(n)}`,
    more: (n: number) => count(n, 'autre valeur', 'autres valeurs'),
    range: (low: string, middle: string, high: string) => `De ${low} à ${high}, médiane ${middle}.`,
    overall: (low: string, middle: string, high: string) =>
      `Toutes les images : de ${low} à ${high}, médiane ${middle}.`,
    empty: 'Aucune image de ce groupe n’a de valeur.',
  },
};
