import { createFormat } from '../format';
import type { ProjectFile } from '../messages';

const f = createFormat('fr');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;

export const projectFile: ProjectFile = {
  save: 'Enregistrer le fichier de projet…',
  saveNamed: (name) => `Enregistrer « ${name} » comme fichier de projet`,
  saveText: 'tout en un fichier, à ouvrir ici ou ailleurs',
  open: 'Ouvrir un fichier de projet',
  title: 'Enregistrer le fichier de projet',
  about:
    'Un seul fichier avec les vecteurs, les groupes, les noms, les notes, les réglages, les tables et les vignettes. Il s’ouvre sur tout ordinateur, sans réseau.',
  images: 'Images',
  without: (bytes) => `Sans les images : environ ${f.bytes(bytes)}`,
  withoutText: 'Les vignettes y sont. Déposer le dossier plus tard ramène les images.',
  with: (n, bytes) => `Avec ${count(n, 'image', 'images')} : environ ${f.bytes(bytes)}`,
  withText: 'Chacune telle qu’elle a été déposée, octet pour octet.',
  noImages: 'Ce projet ne contient pas les images elles-mêmes, le fichier n’en aura donc pas.',
  measuring: 'Mesure en cours…',
  saving: 'Enregistrement du fichier de projet',
  opening: 'Ouverture du fichier de projet',
  busy: 'Attendez que les images soient calculées, ou arrêtez le calcul.',
  submit: 'Enregistrer',
  saved: (name) => `Enregistré : ${name}`,
  opened: (name) => `« ${name} » est ouvert.`,
  reading: 'Lecture du contenu du fichier…',
  name: 'Projet',
  written: 'Écrit',
  writtenBy: (date, app) => `${date}, par Tessera ${app}`,
  size: 'Taille',
  holds: 'Contenu',
  files: (n) => count(n, 'fichier', 'fichiers'),
  imageCount: (n) => count(n, 'image', 'images'),
  skipped: (n) => count(n, 'écarté', 'écartés'),
  vectors: (n) => count(n, 'jeu de vecteurs', 'jeux de vecteurs'),
  sweeps: (n) => count(n, 'classification', 'classifications'),
  trees: (n) => count(n, 'arbre', 'arbres'),
  models: (n) => count(n, 'modèle enregistré', 'modèles enregistrés'),
  tables: (n) => count(n, 'table', 'tables'),
  originals: (n) =>
    n === 0 ? 'absentes de ce fichier ; les vignettes y sont' : `${f.int(n)} dans ce fichier`,
  openAs: 'Ouvrir comme nouveau projet',
  newer: (app) =>
    `Ce fichier a été écrit par Tessera ${app}, plus récent que celui-ci. Rechargez cette page pour obtenir cette version, puis rouvrez le fichier.`,
  originalMissing:
    'L’original n’est pas dans ce navigateur : il n’était pas dans le fichier de projet. Déposez le dossier pour le retrouver.',
  methods: 'Page de méthodes (HTML)',
  methodsMarkdown: 'Page de méthodes (Markdown)',
  methodsText: 'comment cela a été fait, pour l’annexe d’un article',
};
