import { EDITS_VERSION, type EditLog, type LoggedEdit } from '../../domain/edits';
import { Fields } from '../fields';
import { readArray } from './arrays';
import { notesJson, readNotes } from './kept-model';
import { arrayMember, linesMember, sorted, type Member } from './member';
import type { ProjectFileReader } from './reader';

const MOST_CLUSTERS = 65_535;
const LONGEST = 10_000;
const LONGEST_NOTE = 1_000_000;

/**
 * The members of the edits with this number: what they are of, an edit a line, the labels they start from, and the rows that
 * edits name, one after the other.
 */
export function* editMembers(at: number, log: EditLog): Generator<Member> {
  const name = `edits/${at}`;
  const { sweep, specKey, k, done, names, edits, base, settled } = log;
  const head = {
    sweep,
    specKey,
    k,
    done,
    notes: notesJson(names),
    edits: edits.length,
    settled: settled ?? false,
  };
  const rows = Uint32Array.from(edits.flatMap((edit) => rowsOf(edit).flatMap((some) => [...some])));
  yield linesMember(`${name}.jsonl`, [sorted(head), ...edits.map((edit) => sorted(lineOf(edit)))]);
  yield arrayMember(`${name}-base.npy`, [base.length], base);
  yield arrayMember(`${name}-rows.npy`, [rows.length], rows);
}

function rowsOf(edit: LoggedEdit): Uint32Array[] {
  if (edit.kind === 'split') return edit.parts.map(({ rows }) => rows);
  return edit.kind === 'move' ? [edit.rows] : [];
}

/** An edit with numbers of rows in place of rows. */
function lineOf(edit: LoggedEdit): object {
  if (edit.kind === 'split')
    return { ...edit, parts: edit.parts.map(({ cluster, rows }) => ({ cluster, rows: rows.length })) };
  return edit.kind === 'move' ? { ...edit, rows: edit.rows.length } : edit;
}

/** Edits rebuilt field by field, of at most `most` rows. Throws a sentence for what is wrong. */
export async function readEdits(file: ProjectFileReader, at: number, most: number): Promise<EditLog> {
  const name = `edits/${at}`;
  const lines = file.member(`${name}.jsonl`).lines();
  const from = new Fields((await lines.next()).value, `${name}.jsonl`);
  const count = from.integer('edits', 0, 1e6);
  const items: Fields[] = [];
  for await (const line of lines) items.push(new Fields(line, `${name}.jsonl`));
  if (items.length !== count) throw new Error(`${name}.jsonl does not have as many edits as it says`);
  const base = (await readArray(file.member(`${name}-base.npy`), '<u2', [null])).data;
  const rows = (await readArray(file.member(`${name}-rows.npy`), '<u4', [null])).data;
  if (base.length > most || rows.some((row) => row >= most))
    throw new Error(`${name} names rows that are not there`);
  let taken = 0;
  const take = (n: number): Uint32Array => rows.slice(taken, (taken += n));
  const edits = items.map((item) => readEdit(item, rows.length, take));
  if (taken !== rows.length) throw new Error(`${name}-rows.npy has more or fewer rows than the edits`);
  const log: EditLog = {
    version: EDITS_VERSION,
    sweep: from.longText('sweep', LONGEST),
    specKey: from.longText('specKey', LONGEST),
    k: from.integer('k', 1, MOST_CLUSTERS),
    base,
    names: readNotes(from),
    edits,
    done: from.integer('done', 0, edits.length),
  };
  return from.flag('settled') ? { ...log, settled: true } : log;
}

function readEdit(from: Fields, most: number, take: (n: number) => Uint32Array): LoggedEdit {
  const kind = from.oneOf('kind', ['merge', 'split', 'move', 'name']);
  const at = from.number('at');
  const cluster = (of: Fields, key: string): number => of.integer(key, 0, MOST_CLUSTERS - 1);
  switch (kind) {
    case 'merge':
      return { kind, at, clusters: numbers(from, 'clusters'), into: cluster(from, 'into') };
    case 'split': {
      const parts = from.list('parts').map((part) => ({
        cluster: cluster(part, 'cluster'),
        rows: take(part.integer('rows', 0, most)),
      }));
      return { kind, at, cluster: cluster(from, 'cluster'), parts, seed: from.number('seed') };
    }
    case 'move':
      return {
        kind,
        at,
        rows: take(from.integer('rows', 0, most)),
        to: from.orNull('to', () => cluster(from, 'to')),
      };
    case 'name': {
      const note = from.fields('note');
      const text = (key: string): string => note.longText(key, LONGEST_NOTE);
      return {
        kind,
        at,
        cluster: cluster(from, 'cluster'),
        note: { name: text('name'), note: text('note') },
      };
    }
  }
}

function numbers(from: Fields, key: string): number[] {
  const list = from.value(key);
  if (!Array.isArray(list) || list.some((n) => !Number.isInteger(n) || n < 0 || n >= MOST_CLUSTERS))
    throw from.wrong(key, 'a list of clusters');
  return list.map(Number);
}
