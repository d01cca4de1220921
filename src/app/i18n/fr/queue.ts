import type { SetState } from '../../state/queue-items';
import { createFormat } from '../format';
import type { Queue } from '../messages';

const f = createFormat('fr');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;

const states: Record<SetState, string> = {
  embedding: 'Analyse des images',
  clustering: 'Regroupement',
  reading: 'En attente, lecture en cours',
  waiting: 'En attente',
  paused: 'En pause',
  failed: 'Mis de côté',
  embedded: 'Images analysées',
  done: 'Prêt',
};

export const queue: Queue = {
  title: 'File d’attente',
  label: (done, all) => `File d’attente : ${f.int(done)} sur ${f.int(all)} prêts`,
  text: 'Les jeux d’images sont analysés et regroupés l’un après l’autre. Vous pouvez consulter n’importe quel projet entre-temps.',
  states,
  images: (n) => count(n, 'image', 'images'),
  of: (done, all) => `${f.int(done)} sur ${count(all, 'fichier', 'fichiers')}`,
  left: (seconds) => `encore ${f.duration(seconds)} environ`,
  all: (seconds) => `Tous les jeux : encore ${f.duration(seconds)} environ`,
  missing: (n) =>
    `${count(n, 'fichier n’a pas encore été lu', 'fichiers n’ont pas encore été lus')} : ouvrez le projet et déposez de nouveau le dossier.`,
  up: (name) => `Monter « ${name} »`,
  down: (name) => `Descendre « ${name} »`,
  drag: 'Glissez vers une autre place',
  pause: (name) => `Mettre « ${name} » en pause : le suivant continue`,
  resume: (name) => `Laisser « ${name} » continuer`,
  remove: (name) => `Retirer « ${name} » de la file`,
  removed: (name) => `« ${name} » n’est plus dans la file. Ce qui en existe est conservé.`,
  moved: (name, place, all) => `« ${name} » est en position ${f.int(place)} sur ${f.int(all)}.`,
  open: 'Ouvrir',
  openNamed: (name) => `Ouvrir « ${name} »`,
  pauseAll: 'Tout mettre en pause',
  resumeAll: 'Tout laisser continuer',
  full: (out) =>
    'L’espace de stockage du navigateur est plein : tous les jeux sont en pause. Ce qui est enregistré est conservé. Supprimez un projet ou libérez de l’espace disque, puis laissez tout continuer.' +
    (out.length > 0
      ? ` Pas encore dans la file : ${out.map((name) => `« ${name} »`).join(', ')}. Gardez cet onglet ouvert d’ici là.`
      : ''),
  pausedFull: 'En pause : stockage plein',
  notIn: 'Pas encore dans la file, faute d’espace. Ce jeu y entrera quand vous laisserez tout continuer.',
  given: (files) => count(files, 'fichier', 'fichiers'),
  leave: (name) => `Renoncer à « ${name} »`,
  clear: 'Retirer ceux qui sont prêts',
  ahead: (n) =>
    n === 0 ? 'Prochain dans la file' : `Dans la file : ${count(n, 'jeu', 'jeux')} avant celui-ci`,
  elsewhere: 'La file est traitée dans un autre onglet. Quand il sera fermé, elle continuera ici.',
  ready: (name, images) => `« ${name} » est prêt : ${count(images, 'image', 'images')}.`,
  setAside: (name, why) => `« ${name} » a été mis de côté. ${why}`,
  allReady: (finished, aside) =>
    `${count(finished, 'jeu est prêt', 'jeux sont prêts')}` +
    (aside > 0 ? `, ${f.int(aside)} mis de côté : voyez la file d’attente.` : '.'),
  ask: (folders) => `${count(folders, 'jeu', 'jeux')} dans ce dépôt. Un seul projet, ou un pour chacun ?`,
  each: (n) => `${count(n, 'projet', 'projets')}, l’un après l’autre`,
  one: 'Un seul projet',
  into: (name) => `Tout dans « ${name} »`,
  added: (n) => `${count(n, 'jeu', 'jeux')} dans la file.`,
  newSet: 'Comme nouveau jeu',
  newSetFiles: 'Fichiers comme nouveau jeu…',
  newSetFolder: 'Dossier comme nouveau jeu…',
  rest: 'Autres fichiers',
  offered: 'Aussi dans ce dossier',
  offers: {
    records: 'Ce dossier contient un fichier d’enregistrements avec des images.',
    sheet: 'Ce dossier contient un tableau.',
    urls: 'Ce dossier contient une liste d’adresses d’images.',
    descriptors: 'Ce dossier contient des vecteurs d’un autre outil.',
    project: 'Ce dossier contient un fichier de projet.',
  },
  lookAt: 'L’examiner…',
  leaveOut: 'Le laisser de côté',
};
