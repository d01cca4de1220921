import { createFormat } from '../format';
import type { Descriptors } from '../messages';

const f = createFormat('fr');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;
const images = (n: number): string => count(n, 'image', 'images');

export const descriptors: Descriptors = {
  form: {
    array: 'Tableau',
    shape: (n, d, dtype) => `${count(n, 'vecteur', 'vecteurs')} de ${f.int(d)} nombres (${dtype})`,
    paths: 'Quel vecteur appartient à quelle image',
    inside: 'Le fichier le dit lui-même',
    list: (name) => `Selon la liste ${name}`,
    choose: 'Choisir une liste de chemins…',
    order: 'Dans l’ordre des chemins des images',
    orderText:
      'Le premier vecteur va à la première image par nom, et ainsi de suite. Seulement si vous savez qu’il en est ainsi :',
    orderDiffers: (n, of) =>
      `Il y a ${f.int(n)} vecteurs et ${images(of)} : l’ordre ne dit pas ce qui va ensemble.`,
    pathsDiffer: (paths, n) =>
      `La liste a ${count(paths, 'chemin', 'chemins')} pour ${count(n, 'vecteur', 'vecteurs')}. Choisissez celle de ce fichier.`,
    matched: (n, of) =>
      `${images(n)} sur ${f.int(of)} ${f.plural(n, { one: 'a', other: 'ont' })} ici un vecteur.`,
    noImages: 'Il n’y a pas encore d’images.',
    unmatched: (n) => `${count(n, 'chemin ne mène', 'chemins ne mènent')} à aucune image d’ici`,
    ambiguous: (n) =>
      `${count(n, 'chemin convient', 'chemins conviennent')} à plusieurs images et ne compte pas`,
    duplicates: (n) =>
      `${count(n, 'chemin figure', 'chemins figurent')} plusieurs fois dans la liste ; le premier compte`,
    addMissing: (n) => `Prendre ${images(n)} par le seul chemin`,
    addMissingText:
      'Carte, groupes et tableaux fonctionnent sans les images. Déposez le dossier plus tard, et elles apparaissent.',
    checking: 'Examen de chaque nombre…',
    finite: 'Tous les nombres sont finis.',
    nonFinite: (n, rows, places) =>
      `${count(n, 'nombre n’est pas fini', 'nombres ne sont pas finis')}, dans ${count(rows, 'vecteur écarté', 'vecteurs écartés')} : ${places}.`,
    place: (row, column) => `ligne ${f.int(row)}, colonne ${f.int(column)}`,
    use: 'Utiliser ces vecteurs',
    taking: 'Reprise des vecteurs',
    done: (n) =>
      `${images(n)} ${f.plural(n, { one: 'a maintenant un vecteur', other: 'ont maintenant un vecteur' })}.`,
  },
  here: {
    choice: 'Descripteur',
    title: 'Dans ce projet',
    text: 'Chacun a ses propres groupes et son arbre. En changer y revient aussitôt.',
    computed: 'calculé ici',
    fromFile: 'd’un fichier',
    coverage: (n, of) => `${images(n)} sur ${f.int(of)}`,
    added: 'Déposez n’importe où un fichier de vecteurs (.npy, .npz, pickle ou Parquet) pour en ajouter un.',
    removed: (title) => `Vecteurs « ${title} » supprimés.`,
    pixels: (width, height) => `Pixels bruts, ${f.int(width)} × ${f.int(height)}`,
  },
  vectors: (title) => `${title}, vecteurs d’un fichier`,
  needsFile: (title) =>
    `Ce modèle demande les vecteurs « ${title} », que ce projet n’a pas. Déposez leur fichier, puis appliquez le modèle de nouveau.`,
  without: (n) => `${images(n)} sans vecteur de ce descripteur : dans aucun groupe ni sur la carte`,
  noVector: 'aucun, faute de vecteur',
  noPicture: 'pas encore d’image',
  pictureless: (n) =>
    `${count(n, 'image connue', 'images connues')} par le seul chemin. Déposez le dossier des images et elles apparaissent.`,
};
