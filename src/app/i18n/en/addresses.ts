import { createFormat } from '../format';

const f = createFormat('en');
const pictures = (n: number): string => `${f.int(n)} ${f.plural(n, { one: 'picture', other: 'pictures' })}`;
const servers = (n: number): string => `${f.int(n)} ${f.plural(n, { one: 'server', other: 'servers' })}`;

/** Pictures that lie at addresses: a list of them that is dropped, and those that are still to be fetched. */
export const addresses = {
  reading: 'Reading the list…',
  none: 'No column of this file holds addresses of pictures (https://…).',
  column: 'Column with the addresses',
  columnOption: (name: string, n: number) => `${name} (${f.int(n)})`,
  found: (n: number, hosts: number) => `${pictures(n)} on ${servers(hosts)}.`,
  repeated: (n: number) =>
    `${f.int(n)} ${f.plural(n, { one: 'row repeats', other: 'rows repeat' })} the address of a row before: each address is fetched once.`,
  without: (n: number) =>
    `${f.int(n)} ${f.plural(n, { one: 'row has', other: 'rows have' })} no address and will be listed as skipped.`,
  servers: 'Servers that may be asked',
  agree:
    'Nothing is fetched before you agree. A server that you tick learns this computer’s network address and which pictures are asked for; no cookies are sent, and nothing of yours.',
  many: (n: number) =>
    `The pictures are on ${servers(n)}. The connection is made for those you tick and for no others; they are listed by number of pictures.`,
  notShown: (n: number) =>
    `${servers(n)} with the fewest pictures cannot be chosen here; their pictures will be listed as skipped.`,
  count: (n: number) => pictures(n),
  all: 'All',
  no: 'None',
  fetch: (n: number) => `Fetch ${pictures(n)}`,
  offline: 'This computer is offline: pictures at addresses cannot be fetched now. Connect it and try again.',
  noConnections:
    'This copy of Tessera was built without connections to servers. Download the pictures and drop them.',
  cors: 'A server must allow other sites to read its pictures (CORS). Those that do not are listed as skipped, with the reason.',
  missing: (n: number) =>
    `${pictures(n)} ${f.plural(n, { one: 'was', other: 'were' })} not fetched before the tab closed. They can be fetched without the list.`,
  awaitedTitle: 'Pictures to be fetched',
  awaited: (n: number) =>
    `${pictures(n)} of a list of addresses ${f.plural(n, { one: 'has', other: 'have' })} not been fetched, or failed. Tick the servers that may be asked.`,
};
