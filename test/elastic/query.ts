import { fieldOf, values, type Document, type Mapping } from './documents';
import { onlyKeys, Refusal, unparsable } from './refusal';

type Test = (document: Document) => boolean;

/** The query DSL, as much of it as the client speaks; anything else is refused as a server refuses what it does not know. */
export function queryTest(query: unknown, mapping: Mapping): Test {
  const [kind, body] = only(query, 'query');
  switch (kind) {
    case 'match_all':
      onlyKeys(body, ['boost'], 'match_all');
      return () => true;
    case 'bool': {
      onlyKeys(body, ['must', 'filter', 'should', 'must_not'], 'bool');
      const all = [list(body['must']), list(body['filter'])].flat().map((part) => queryTest(part, mapping));
      return (document) => all.every((test) => test(document));
    }
    case 'ids': {
      onlyKeys(body, ['values', 'boost'], 'ids');
      const ids = new Set(list(body['values']));
      return ({ id }) => ids.has(id);
    }
    case 'term':
    case 'terms':
      return termsTest(kind, body, mapping);
    case 'range':
      return rangeTest(body, mapping);
    case 'query_string':
      return stringTest(body);
    default:
      throw unparsable(`unknown query [${kind}]`);
  }
}

function only(value: unknown, where: string): [string, Record<string, unknown>] {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length !== 1)
    throw unparsable(`[${where}] malformed, expected one field`);
  const [[key, body]] = Object.entries(value);
  if (typeof body !== 'object' || body === null) throw unparsable(`[${key}] malformed, expected an object`);
  return [key, body as Record<string, unknown>];
}

const list = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

function termsTest(kind: string, body: Record<string, unknown>, mapping: Mapping): Test {
  const [[field, given]] = Object.entries(body);
  if (kind === 'terms' && !Array.isArray(given)) throw unparsable('[terms] query requires an array');
  const wanted = new Set(list(given).map(String));
  // Terms of an analysed text are lower case words: whole values are not found by them.
  const analysed = fieldOf(mapping, field)?.type === 'text';
  const name = fieldOf(mapping, field) && field.endsWith('.keyword') ? field.slice(0, -8) : field;
  return ({ source }) =>
    values(source, name).some((value) =>
      analysed
        ? String(value)
            .toLowerCase()
            .split(/\W+/)
            .some((word) => wanted.has(word))
        : wanted.has(String(value)),
    );
}

function rangeTest(body: Record<string, unknown>, mapping: Mapping): Test {
  const [field, limits] = only(body, 'range');
  onlyKeys(limits, ['gte', 'gt', 'lte', 'lt', 'format', 'time_zone'], 'range');
  const type = fieldOf(mapping, field)?.type;
  if (limits['format'] !== undefined && type !== 'date')
    throw new Refusal(
      400,
      'query_shard_exception',
      `Field [${field}] of type [${type}] does not support format`,
    );
  const number = (value: unknown): number => {
    if (type !== 'date' || typeof value === 'number') return Number(value);
    return Date.parse(String(value));
  };
  const { gte = -Infinity, lte = Infinity } = limits as { gte?: number; lte?: number };
  return ({ source }) =>
    values(source, field).some((value) => number(value) >= Number(gte) && number(value) <= Number(lte));
}

/** `field:value`, or words anywhere; `AND` between. */
function stringTest(body: Record<string, unknown>): Test {
  onlyKeys(body, ['query', 'default_field', 'default_operator', 'fields'], 'query_string');
  const { query } = body;
  if (typeof query !== 'string') throw unparsable('[query_string] must be provided with a [query]');
  if (/[[({](?![^\])}]*[\])}])/.test(query) || /:\s*$/.test(query))
    throw new Refusal(400, 'query_shard_exception', `Failed to parse query [${query}]`);
  const parts = query.split(/\s+AND\s+/).map((part) => {
    const [, field, value] = /^([\w.]+):(.*)$/.exec(part) ?? [];
    if (field)
      return ({ source }: Document) =>
        values(source, field).some((found) => String(found) === value.replace(/^"|"$/g, ''));
    return ({ source }: Document) => JSON.stringify(source).toLowerCase().includes(part.toLowerCase());
  });
  return (document) => parts.every((part) => part(document));
}
