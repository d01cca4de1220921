import type { AddressSketch, FetchAddress } from '../domain/addresses';
import { TesseraError } from '../domain/errors';
import type { DroppedFile, Skip } from '../domain/files';
import { textAt, type Column } from '../domain/table';
import { addressOf, pathOfAddress, sketchAddresses } from '../sources/addresses';
import { readTable } from '../sources/table/read-table';
import type { Candidate, Task } from './announce';
import type { Ledger } from './ledger';

/** Addresses that are announced together. */
const PIECE = 2000;

/** Which columns of a table hold addresses of pictures. Errors: `read-file`. */
export async function inspectAddresses(file: File): Promise<AddressSketch> {
  return sketchAddresses(await readTable(file));
}

/**
 * The addresses in a table as candidates, each once, piece by piece; everything else in their rows becomes columns. What is no
 * address, or lies on a server that was not agreed to, is listed with that as its reason. Errors: `read-file`.
 */
export async function* addressCandidates(
  { path, file, addresses }: DroppedFile,
  fetch: FetchAddress,
): AsyncGenerator<Candidate[]> {
  const { column: name, origins } = addresses!;
  const { n, columns } = await readTable(file);
  const column = columns.find((one) => one.name === name);
  const agreed = new Set(origins);
  const seen = new Set<string>();
  const names = new Map<string, number>();
  const stem = (path || file.name).replace(/\.[^./]*$/, '');
  let piece: Candidate[] = [];
  for (let row = 0; row < n; row++) {
    const text = column ? textAt(column, row) : '';
    const address = addressOf(text);
    if (address !== null && seen.has(address)) continue;
    if (address !== null) seen.add(address);
    const wanted = address === null ? `${stem}/row ${row + 1}` : pathOfAddress(address);
    const candidate =
      address === null
        ? refused(
            wanted,
            `row ${row + 1}: ${text.trim() ? `“${text.slice(0, 80)}” is no address` : 'no address'}`,
          )
        : candidateOf(unique(wanted, names), address, agreed, fetch);
    piece.push({ ...candidate, columns: valuesAt(columns, row) });
    if (piece.length < PIECE) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}

/** Files of the ledger whose pictures lie at the agreed servers and are not here: never fetched, or without success. */
export function tasksToFetch(
  ledger: Ledger,
  atHand: ReadonlySet<number>,
  origins: readonly string[],
  fetch: FetchAddress,
): Task[] {
  const agreed = new Set(origins);
  return ledger.files.flatMap(({ path, address }, seq): Task[] => {
    if (address === undefined || atHand.has(seq) || ledger.hashOf(seq) !== undefined) return [];
    const skip = ledger.skipOf(seq);
    if ((skip && skip.code !== 'address') || !agreed.has(new URL(address).origin)) return [];
    return [{ candidate: candidateOf(path, address, agreed, fetch), seq }];
  });
}

function candidateOf(
  path: string,
  address: string,
  agreed: ReadonlySet<string>,
  fetch: FetchAddress,
): Candidate {
  const { origin } = new URL(address);
  const known = { path, address, size: 0, modified: 0, failure: 'address' as const };
  if (!agreed.has(origin)) return { ...refused(path, `${origin} was not agreed to`), ...known };
  return { ...known, open: async () => new Blob([await fetch(address)]) };
}

function refused(path: string, detail: string): Candidate {
  const skip: Skip = { code: 'address', detail };
  const open = (): Promise<Blob> => Promise.reject(new TesseraError('internal', detail));
  return { path, size: 0, modified: 0, skip, failure: 'address', open };
}

/** Equal names get a number, as they do in the order of the table, which is always the same. */
function unique(path: string, names: Map<string, number>): string {
  const times = (names.get(path) ?? 0) + 1;
  names.set(path, times);
  return times === 1 ? path : unique(path.replace(/(\.[^./]+)?$/, ` (${times})$1`), names);
}

function valuesAt(columns: readonly Column[], row: number): Map<string, string> {
  return new Map(
    columns.flatMap((column) => {
      const text = textAt(column, row);
      return text === '' ? [] : [[column.name, text] as const];
    }),
  );
}
