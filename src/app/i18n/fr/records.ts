import { createFormat } from '../format';
import type { Records } from '../messages';

const f = createFormat('fr');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;

export const records: Records = {
  shapes: {
    array: () => 'Une liste d’enregistrements',
    object: (path) => `Des enregistrements sous « ${path} »`,
    search: () => 'La réponse à une recherche Elasticsearch',
    lines: () => 'Un enregistrement par ligne (NDJSON)',
    elasticdump: () => 'Des documents Elasticsearch, un par ligne (elasticdump)',
    bulk: () => 'Des requêtes groupées Elasticsearch (NDJSON)',
  },
  looking: 'Lecture des premiers enregistrements…',
  records: (n, exact) => `${exact ? '' : 'environ '}${count(n, 'enregistrement', 'enregistrements')}`,
  field: 'Champ qui contient l’image (base64)',
  suggested: 'contient des images',
  preview: 'Premières images de ce champ',
  found: (found, looked) =>
    `${f.int(found)} sur ${f.plural(looked, { one: 'le premier enregistrement', other: `les ${f.int(looked)} premiers enregistrements` })} avec une image ici ; les enregistrements sans image sont listés comme écartés, avec leur ligne.`,
  wrongField: (field, looked) =>
    `Pas d’image dans « ${field} » parmi ${f.plural(looked, { one: 'le premier enregistrement', other: `les ${f.int(looked)} premiers enregistrements` })}. Choisissez le champ qui contient le texte base64 d’une image.`,
  columns: 'Tout le reste devient des colonnes',
  columnsNone: 'Les enregistrements ne contiennent rien d’autre.',
  more: (n) => `et ${f.int(n)} de plus`,
  into: 'Destination',
  add: (project) => `Ajouter à « ${project} »`,
  new: (name) => `Nouveau projet « ${name} »`,
  take: (n, exact) => `Prendre ${exact ? '' : 'environ '}${count(n, 'image', 'images')}`,
};
