import { createFormat } from '../format';
import type { ImageSearch } from '../messages';

const f = createFormat('fr');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;
const images = (n: number): string => count(n, 'image', 'images');

export const imageSearch: ImageSearch = {
  title: 'Recherche par image',
  none: 'Chercher avec une image',
  noneText:
    'Déposez ou collez une image, choisissez un fichier ou sélectionnez des images du projet : les plus ressemblantes viennent en premier.',
  choose: 'Choisir une image…',
  bySelection: (n) => `Chercher avec ${count(n, 'image sélectionnée', 'images sélectionnées')}`,
  subject: 'Recherche avec',
  ofProject: 'une image de ce projet',
  mean: (n) => `la moyenne de ${images(n)}`,
  outside: 'une image qui n’est pas dans le projet',
  fromFile:
    'Les vecteurs de ce projet viennent d’un fichier : aucun réseau ne peut en calculer un pour une nouvelle image. Cherchez plutôt avec une image du projet.',
  skipped: (reason) => `Impossible de chercher avec cette image : ${reason}.`,
  embedding: 'Analyse de l’image…',
  searching: 'Comparaison',
  metric: 'Distance',
  euclidean: 'euclidienne',
  cosine: 'cosinus',
  count: 'Images',
  within: 'Jusqu’à une distance de',
  withinAny: 'toute',
  lastShown: 'Jusqu’à la dernière affichée',
  selectWithin: (n) =>
    n === 1 ? 'Sélectionner l’image qui y est' : `Sélectionner les ${f.int(n)} images qui y sont`,
  selectShown: (n) => `Sélectionner ces ${images(n)}`,
  results: 'Images les plus proches',
  range: (from, to, n) => `${f.int(from)}–${f.int(to)} sur ${images(n)}`,
  previous: 'Plus proches',
  next: 'Plus éloignées',
  exact: (metric, n, engine) =>
    `Exact : distance ${metric} entre les vecteurs tels qu’ils sont enregistrés, sans la mise à l’échelle ni l’ACP du regroupement, comparés à ${images(n)}, sur ${engine}.`,
  engines: { webgpu: 'le processeur graphique', cpu: 'le processeur' },
  nothing: 'Rien à comparer',
  nothingText: 'L’image n’a pas encore de vecteur, ou elle est la seule.',
  noneWithin: 'Aucune image n’est aussi proche.',
  more: 'Plus…',
  ask: (name) => `Que faire de « ${name} » ?`,
  askText: 'Elle peut servir à chercher sans être ajoutée au projet.',
  search: 'Chercher avec elle',
  add: (name) => `Ajouter à ${name}`,
};
