import { createFormat } from '../format';
import type { Connect } from '../messages';

const f = createFormat('fr');
const documents = (n: number): string =>
  `${f.int(n)} ${f.plural(n, { one: 'document', other: 'documents' })}`;

export const connect: Connect = {
  add: 'Depuis Elasticsearch…',
  title: 'Images d’Elasticsearch ou d’OpenSearch',
  resumeTitle: 'Reprendre avec un serveur',
  writeTitle: 'Résultats vers Elasticsearch ou OpenSearch',
  address: 'Adresse du serveur',
  login: 'Identification',
  logins: { none: 'aucune', basic: 'Utilisateur et mot de passe', 'api-key': 'Clé d’API' },
  user: 'Utilisateur',
  password: 'Mot de passe',
  key: 'Clé d’API',
  keyText: 'La clé encodée, ou id:clé.',
  forgotten: 'Gardé en mémoire le temps de l’opération, jamais enregistré.',
  agree: (origin) => `Cette page peut parler à ${origin}, et à aucun autre serveur.`,
  noAddress: 'Elle commence par https:// ou http:// suivi d’un nom.',
  connect: 'Se connecter',
  connecting: 'Connexion…',
  server: (kind, version, name) =>
    [`Connecté à ${kind === 'opensearch' ? 'OpenSearch' : 'Elasticsearch'}`, version, name && `(${name})`]
      .filter(Boolean)
      .join(' '),
  reasons: {
    origin: (origin) =>
      `« ${origin} » n’est pas l’adresse d’un serveur : elle commence par https:// ou http:// suivi d’un nom.`,
    unreachable: (origin) => `${origin} n’a donné aucune réponse que cette page puisse lire.`,
    'mixed-content': (origin) =>
      `${origin} est en http simple et cette page en https : les navigateurs l’interdisent. Utilisez l’adresse https du serveur, ou lancez Tessera sur cet ordinateur avec « npm start ».`,
    timeout: (origin) => `${origin} n’a pas répondu à temps. Réessayez, ou demandez moins.`,
    'too-large': (origin) => `Une réponse de ${origin} est trop longue pour tenir en mémoire.`,
    unauthorised: (origin) =>
      `${origin} n’accepte pas cette identification. Vérifiez l’utilisateur et le mot de passe, ou la clé d’API.`,
    forbidden: (origin, detail) => `${origin} ne le permet pas avec cette identification. ${detail}`,
    'not-found': (origin, detail) => `${origin} n’a pas cet index. ${detail}`,
    refused: (origin, detail) => `${origin} a refusé. ${detail}`,
    busy: (origin, detail) =>
      `${origin} est surchargé et l’est resté après plusieurs essais. Reprenez plus tard. ${detail}`,
    answer: (origin, detail) => `${origin} ne répond pas comme Elasticsearch ou OpenSearch. ${detail}`,
  },
  corsText:
    'L’adresse est-elle juste, le serveur tourne-t-il, ce navigateur accepte-t-il son certificat ? Si oui, le serveur doit autoriser cette page. Dans elasticsearch.yml (ou opensearch.yml), puis redémarrez-le :',
  index: 'Index',
  indexText: 'Un nom, un alias ou un motif comme logs-*.',
  indexOption: (n) => documents(n),
  imageField: 'Champ avec l’image (base64)',
  noPicture: 'Aucun des premiers documents n’a d’image en base64. Choisissez vous-même le champ.',
  query: 'Requête',
  queryText: 'Des mots, champ:valeur, ou une requête en JSON. Vide : tout.',
  dates: 'Dates',
  dateField: 'Champ',
  anyDate: 'toutes',
  from: 'Du',
  to: 'au',
  terms: 'Seulement les documents avec',
  termField: 'Champ',
  termValues: 'Valeurs, séparées par des virgules',
  addTerm: 'Un autre champ',
  removeTerm: 'Retirer',
  columns: (n) =>
    `${f.int(n)} ${f.plural(n, { one: 'champ devient une colonne', other: 'champs deviennent des colonnes' })}`,
  looking: 'Recherche…',
  found: (n) => documents(n),
  nothing: 'Aucun document ne convient.',
  fetch: (n) => `Prendre ${documents(n)}`,
  taking: (n, all) => `Documents en cours de transfert : ${f.int(n)} sur ${f.int(all)}`,
  stop: 'Arrêter',
  taken: (n) => `${documents(n)} ${f.plural(n, { one: 'transféré', other: 'transférés' })}.`,
  unfinished: (n, all, index) =>
    `${f.int(n)} sur ${documents(all)} de « ${index} » sont ici. Identifiez-vous à nouveau pour prendre le reste.`,
  goOn: 'Reprendre…',
  goOnNow: 'Reprendre',
  forget: 'Se passer du reste',
  export: 'Vers Elasticsearch…',
  exportText: 'étiquettes et distances, écrites dans les documents d’où viennent les images',
  prefix: 'Préfixe des champs',
  vectors: (dims) =>
    `Écrire aussi les vecteurs (${f.int(dims)} nombres chacun), pour que le serveur cherche par ressemblance`,
  fields: 'Ces champs sont écrits ; rien d’autre n’est modifié :',
  run: 'Calcul',
  write: (n) => `Écrire dans ${documents(n)}`,
  writing: (n, all) => `Écriture : ${f.int(n)} sur ${f.int(all)}`,
  written: (n) => `${documents(n)} ${f.plural(n, { one: 'écrit', other: 'écrits' })}.`,
  failed: (n) => `${documents(n)} ${f.plural(n, { one: 'refusé', other: 'refusés' })}.`,
  saveFailures: 'Enregistrer la liste (CSV)',
  again: 'Écrire à nouveau',
  noDocuments: 'Les images de ce projet ne viennent d’aucun document d’un serveur.',
  searchTitle: 'Semblables à une image, sur le serveur',
  searchThere: 'Chercher des semblables sur le serveur…',
  searchText: 'Le serveur cherche, parmi tous les documents qui ont un vecteur, les plus semblables à',
  vectorField: 'Champ avec les vecteurs',
  howMany: 'Combien',
  search: 'Chercher',
  nearest: 'Documents les plus proches',
  noVectorField:
    'Cet index n’a pas de champ de vecteurs. Écrivez-les d’abord : Exporter, « Vers Elasticsearch… », avec les vecteurs.',
  noVector: 'Cette image n’a pas de vecteur.',
  noPictureThere: 'pas d’image',
  scoreText:
    'Les plus semblables d’abord, chacun avec la note que lui donne le serveur. Seuls des vecteurs du même réseau se comparent.',
  how: 'Ce qui se trouve déjà sous le préfixe',
  hows: {
    merge: 'reste à côté (mise à jour partielle)',
    replace: 'est remplacé en entier (script) : il ne reste rien d’un autre calcul',
  },
};
