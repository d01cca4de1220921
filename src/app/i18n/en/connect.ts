import type { RemoteReason } from '../../../domain/remote';
import { createFormat } from '../format';

const f = createFormat('en');
const documents = (n: number): string =>
  `${f.int(n)} ${f.plural(n, { one: 'document', other: 'documents' })}`;

const reasons: Record<RemoteReason, (origin: string, detail: string) => string> = {
  origin: (origin) =>
    `“${origin}” is not the address of a server: it begins with https:// or http:// and a name.`,
  unreachable: (origin) => `${origin} gave no answer that this page may read.`,
  'mixed-content': (origin) =>
    `${origin} is plain http and this page is https: browsers forbid that. Use the server’s https address, or run Tessera on this computer with “npm start”.`,
  timeout: (origin) => `${origin} did not answer in time. Try again, or ask for less.`,
  'too-large': (origin) => `An answer of ${origin} is too long to be held in memory.`,
  unauthorised: (origin) =>
    `${origin} does not accept this login. Check the user and password, or the API key.`,
  forbidden: (origin, detail) => `${origin} does not let this login do that. ${detail}`,
  'not-found': (origin, detail) => `${origin} has no such index. ${detail}`,
  refused: (origin, detail) => `${origin} refused this. ${detail}`,
  busy: (origin, detail) => `${origin} is too busy and stayed so over several tries. Go on later. ${detail}`,
  answer: (origin, detail) => `${origin} does not answer as Elasticsearch or OpenSearch does. ${detail}`,
};

/** Elasticsearch and OpenSearch: images from there, results to there. */
export const connect = {
  add: 'From Elasticsearch…',
  title: 'Images from Elasticsearch or OpenSearch',
  resumeTitle: 'Go on with a server',
  writeTitle: 'Results to Elasticsearch or OpenSearch',
  address: 'Address of the server',
  login: 'Login',
  logins: { none: 'none', basic: 'User and password', 'api-key': 'API key' },
  user: 'User',
  password: 'Password',
  key: 'API key',
  keyText: 'The encoded key, or id:key.',
  forgotten: 'Kept in memory until this is done, never stored.',
  agree: (origin: string) => `This page may talk to ${origin}, and to no other server.`,
  noAddress: 'It begins with https:// or http:// and a name.',
  connect: 'Connect',
  connecting: 'Connecting…',
  server: (kind: string, version: string | null, name: string) =>
    [`Connected to ${kind === 'opensearch' ? 'OpenSearch' : 'Elasticsearch'}`, version, name && `(${name})`]
      .filter(Boolean)
      .join(' '),
  reasons,
  corsText:
    'Is the address right, does the server run, does this browser trust its certificate? If so, the server has to allow this page. In elasticsearch.yml (or opensearch.yml), then restart it:',
  index: 'Index',
  indexText: 'A name, an alias or a pattern such as logs-*.',
  indexOption: (n: number) => documents(n),
  imageField: 'Field with the picture (base64)',
  noPicture: 'None of the first documents has a picture in base64. Choose the field yourself.',
  query: 'Query',
  queryText: 'Words, field:value, or a query in JSON. Empty: all.',
  dates: 'Dates',
  dateField: 'Field',
  anyDate: 'any',
  from: 'From',
  to: 'to',
  terms: 'Only documents with',
  termField: 'Field',
  termValues: 'Values, with commas between',
  addTerm: 'Another field',
  removeTerm: 'Remove',
  columns: (n: number) =>
    `${f.int(n)} ${f.plural(n, { one: 'field becomes a column', other: 'fields become columns' })}`,
  looking: 'Looking…',
  found: (n: number) => documents(n),
  nothing: 'No document fits.',
  fetch: (n: number) => `Fetch ${documents(n)}`,
  taking: (n: number, all: number) => `Fetching documents: ${f.int(n)} of ${f.int(all)}`,
  stop: 'Stop',
  taken: (n: number) => `${documents(n)} fetched.`,
  unfinished: (n: number, all: number, index: string) =>
    `${f.int(n)} of ${documents(all)} of “${index}” are here. Log in again to fetch the rest.`,
  goOn: 'Go on…',
  goOnNow: 'Go on',
  forget: 'Do without the rest',
  export: 'To Elasticsearch…',
  exportText: 'labels and distances, written to the documents the images came from',
  prefix: 'Prefix of the fields',
  vectors: (dims: number) =>
    `Write the vectors too (${f.int(dims)} numbers each), so that the server can search by likeness`,
  fields: 'These fields are written; nothing else is changed:',
  run: 'Run',
  write: (n: number) => `Write to ${documents(n)}`,
  writing: (n: number, all: number) => `Writing: ${f.int(n)} of ${f.int(all)}`,
  written: (n: number) => `${documents(n)} written.`,
  failed: (n: number) => `${documents(n)} refused.`,
  saveFailures: 'Save the list (CSV)',
  again: 'Write again',
  noDocuments: 'The images of this project came from no document of a server.',
  searchTitle: 'Like an image, on the server',
  searchThere: 'Search the server for more like this…',
  searchText: 'The server looks through all documents that have a vector for those most like',
  vectorField: 'Field with the vectors',
  howMany: 'How many',
  search: 'Search',
  nearest: 'Nearest documents',
  noVectorField:
    'This index has no field with vectors. Write them first: Export, “To Elasticsearch…”, with the vectors.',
  noVector: 'This image has no vector.',
  noPictureThere: 'no picture',
  scoreText:
    'Most like first, each with the score that the server gives it. Only vectors of the same network can be compared.',
  how: 'What stands under the prefix already',
  hows: {
    merge: 'stays beside it (partial update)',
    replace: 'is replaced as a whole (script): nothing of another run is left',
  },
};
