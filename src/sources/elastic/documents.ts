import type { DocumentFile, ElasticField } from '../../domain/remote';
import type { BooleanColumn, Column, DateColumn, NumberColumn, TextColumn } from '../../domain/table';
import { decodeBase64 } from '../json/base64';
import { extensionOf } from '../magic';
import { dateOf } from '../table/values';
import { Words } from '../table/words';

export interface Hit {
  _index: string;
  _id: string;
  _routing?: string;
  _source?: Record<string, unknown>;
  sort?: unknown[];
}

const encoder = new TextEncoder();

/** The values of a field, whatever objects and lists it lies in; names with dots may also be keys as they are. */
export function valuesAt(source: unknown, name: string): unknown[] {
  if (Array.isArray(source)) return source.flatMap((part) => valuesAt(part, name));
  if (typeof source !== 'object' || source === null) return [];
  const fields = source as Record<string, unknown>;
  const found = Object.hasOwn(fields, name) ? leaves(fields[name]) : [];
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const head = name.slice(0, dot);
    if (Object.hasOwn(fields, head)) found.push(...valuesAt(fields[head], name.slice(dot + 1)));
  }
  return found;
}

function leaves(value: unknown): unknown[] {
  return Array.isArray(value) ? value.flatMap(leaves) : value === null ? [] : [value];
}

/** A document as a file `<index>/<_id>.<extension>`; no two documents share a path. */
export function fileOf({ _index, _id, _source }: Hit, imageField: string): DocumentFile {
  const path = `${pathPart(_index)}/${pathPart(_id)}`;
  const none = (why: string): DocumentFile => ({
    path,
    bytes: new Uint8Array(0),
    fault: `_id ${_id}: ${why}`,
  });
  const [text] = valuesAt(_source, imageField).filter((value) => typeof value === 'string');
  if (text === undefined) return none(`no text in the field ${imageField}`);
  try {
    const bytes = decodeBase64(encoder.encode(text));
    if (bytes.length === 0) return none('the text of the picture is empty');
    const extension = extensionOf(bytes);
    if (extension === null) return none('the text of the field is no picture');
    return { path: `${path}.${extension}`, bytes };
  } catch (error) {
    return none(error instanceof Error ? error.message : String(error));
  }
}

/** Any text as one part of a path; different texts stay different. */
function pathPart(text: string): string {
  return text
    .replace(/[\p{Cc}/\\:*?"<>|%]/gu, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .replace(/^\.+$/, (dots) => '%2e'.repeat(dots.length));
}

/**
 * The fields of documents as columns of the types that the mapping says, value i for hit i, with `_index`, `_id` and, where
 * there is one, `_routing` before them. Several values of a document stand in one text, with `; ` between.
 */
export function columnsOf(hits: readonly Hit[], fields: readonly ElasticField[]): Column[] {
  const named = (name: string, texts: string[]): TextColumn => textColumn(name, texts);
  const columns: Column[] = [
    named(
      '_index',
      hits.map(({ _index }) => _index),
    ),
    named(
      '_id',
      hits.map(({ _id }) => _id),
    ),
  ];
  if (hits.some(({ _routing }) => _routing !== undefined))
    columns.push(
      named(
        '_routing',
        hits.map(({ _routing }) => _routing ?? ''),
      ),
    );
  for (const field of fields) {
    const values = hits.map(({ _source }) => valuesAt(_source, field.name));
    if (values.some((found) => found.length > 0)) columns.push(columnOf(field, values));
  }
  return columns;
}

function columnOf({ name, column, seconds }: ElasticField, values: unknown[][]): Column {
  // A mapping allows several values everywhere; a number cannot say more than one.
  if (column === 'text' || values.some((found) => found.length > 1))
    return textColumn(
      name,
      values.map((found) => found.map(shown).join('; ')),
    );
  const first = values.map(([value]) => value);
  if (column === 'boolean') {
    const flags = Uint8Array.from(first, (value) => (value === undefined || value === '' ? 2 : truth(value)));
    return { name, type: 'boolean', values: flags } satisfies BooleanColumn;
  }
  if (column === 'date') {
    const times = Float64Array.from(first, (value) => time(value, seconds === true));
    return { name, type: 'date', values: times } satisfies DateColumn;
  }
  const numbers = Float64Array.from(first, (value) =>
    value === undefined || value === '' ? NaN : Number(value),
  );
  return { name, type: 'number', values: numbers } satisfies NumberColumn;
}

const truth = (value: unknown): number => Number(value === true || value === 'true');

/** Numbers, and texts of digits, count from 1970. */
function time(value: unknown, seconds: boolean): number {
  const count = typeof value === 'number' ? value : /^-?\d{5,}$/.test(String(value)) ? Number(value) : NaN;
  if (!Number.isNaN(count)) return seconds ? count * 1000 : count;
  return typeof value === 'string' ? dateOf(value) : NaN;
}

function shown(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function textColumn(name: string, texts: readonly string[]): TextColumn {
  const words = new Words();
  const codes = Uint32Array.from(texts, (text) => words.code(text));
  return { name, type: 'text', codes, words: words.list };
}
