import { createFormat } from '../format';
import type { Addresses } from '../messages';

const f = createFormat('fr');
const pictures = (n: number): string => `${f.int(n)} ${f.plural(n, { one: 'image', other: 'images' })}`;
const servers = (n: number): string => `${f.int(n)} ${f.plural(n, { one: 'serveur', other: 'serveurs' })}`;

export const addresses: Addresses = {
  reading: 'Lecture de la liste…',
  none: 'Aucune colonne de ce fichier ne contient d’adresses d’images (https://…).',
  column: 'Colonne des adresses',
  columnOption: (name, n) => `${name} (${f.int(n)})`,
  found: (n, hosts) => `${pictures(n)} sur ${servers(hosts)}.`,
  repeated: (n) =>
    `${f.int(n)} ${f.plural(n, { one: 'ligne répète', other: 'lignes répètent' })} l’adresse d’une ligne précédente : chaque adresse est demandée une fois.`,
  without: (n) =>
    `${f.int(n)} ${f.plural(n, { one: 'ligne sans adresse sera notée', other: 'lignes sans adresse seront notées' })} parmi les fichiers ignorés.`,
  servers: 'Serveurs qui peuvent être interrogés',
  agree:
    'Rien n’est demandé avant votre accord. Un serveur coché apprend l’adresse réseau de cet ordinateur et quelles images sont demandées ; aucun cookie n’est envoyé, ni rien qui vous appartienne.',
  many: (n) =>
    `Les images sont sur ${servers(n)}. La connexion n’est ouverte que vers ceux que vous cochez ; ils sont rangés par nombre d’images.`,
  notShown: (n) =>
    `${servers(n)} ayant le moins d’images ne peuvent être choisis ici ; leurs images seront notées comme ignorées.`,
  count: (n) => pictures(n),
  all: 'Tous',
  no: 'Aucun',
  fetch: (n) => `Récupérer ${pictures(n)}`,
  offline:
    'Cet ordinateur est hors ligne : les images à ces adresses ne peuvent pas être récupérées. Connectez-le et réessayez.',
  noConnections:
    'Cette copie de Tessera a été construite sans connexion aux serveurs. Téléchargez les images et déposez-les.',
  cors: 'Un serveur doit permettre aux autres sites de lire ses images (CORS). Celles des autres sont notées comme ignorées, avec la raison.',
  missing: (n) =>
    `${pictures(n)} ${f.plural(n, { one: 'n’a pas été récupérée', other: 'n’ont pas été récupérées' })} avant la fermeture de l’onglet. La liste n’est plus nécessaire pour le faire.`,
  awaitedTitle: 'Images à récupérer',
  awaited: (n) =>
    `${pictures(n)} d’une liste d’adresses ${f.plural(n, { one: 'n’a pas été récupérée', other: 'n’ont pas été récupérées' })}, ou sans succès. Cochez les serveurs qui peuvent être interrogés.`,
};
