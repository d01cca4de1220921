import { TextPlace, type Fields, type Scalar, type Value } from './record';
import type { JsonShape } from './shape';

/** Longer arrays do not become a column: they are data (a vector, an outline), not a word about the picture. */
const MAX_JOINED = 64;
const ACTIONS = ['index', 'create', 'update', 'delete'];

/** What comes with a document of Elasticsearch. */
export interface Envelope {
  id: string | null;
  fields: Fields;
}

/** The action of a bulk request (`{"index": {"_id": …}}`), or null when the record is none. */
export function bulkAction(fields: Fields): { name: string; about: Fields } | null {
  if (fields.size !== 1) return null;
  const [[name, about]] = fields;
  return ACTIONS.includes(name) &&
    about instanceof Map &&
    [...about.keys()].every((key) => /^_?\w+$/.test(key))
    ? { name, about }
    : null;
}

/** Takes a record out of what wraps it; the wrapping's own scalars stay as fields (`_index`, `_id`, `_score`). */
export function unwrap(kind: JsonShape['kind'], fields: Fields, action: Fields | null): Envelope {
  const wrapped = kind === 'search' || kind === 'elasticdump';
  const inner = wrapped ? (fields.get('_source') ?? fields.get('fields')) : undefined;
  const body = inner instanceof Map ? inner : bodyOf(fields, action);
  const outer = inner instanceof Map ? fields : action;
  const all: Fields = new Map(body);
  outer?.forEach((value, key) => {
    if (isScalar(value) && !all.has(key)) all.set(key, value);
  });
  const id = all.get('_id') ?? all.get('id');
  return { id: typeof id === 'string' || typeof id === 'number' ? String(id) : null, fields: all };
}

function bodyOf(fields: Fields, action: Fields | null): Fields {
  const doc = action && fields.size <= 2 ? fields.get('doc') : undefined;
  return doc instanceof Map ? doc : fields;
}

/**
 * Every value under one name: nested objects with dots, arrays of scalars joined by ", ". Long arrays and arrays of
 * objects are left out; texts known by their place come apart.
 */
export function flatten(fields: Fields): { columns: Map<string, Scalar>; places: Map<string, TextPlace> } {
  const columns = new Map<string, Scalar>();
  const places = new Map<string, TextPlace>();
  const walk = (name: string, value: Value): void => {
    if (value instanceof TextPlace) places.set(name, value);
    else if (value instanceof Map) value.forEach((inner, key) => walk(`${name}.${key}`, inner));
    else if (!Array.isArray(value)) columns.set(name, value);
    else if (value.length === 1 && !(value[0] instanceof Map)) walk(name, value[0]);
    else if (value.length <= MAX_JOINED && value.every(isScalar)) columns.set(name, value.join(', '));
  };
  fields.forEach((value, name) => walk(name, value));
  return { columns, places };
}

function isScalar(value: Value): value is Scalar {
  return value === null || typeof value !== 'object';
}
