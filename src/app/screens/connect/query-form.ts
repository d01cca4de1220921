import type { ElasticQuery } from '../../../domain/remote';

export interface TermRow {
  field: string;
  /** Values with commas between. */
  values: string;
}

export interface QueryFields {
  url: string;
  index: string;
  text: string;
  dateField: string;
  /** Days as date fields give them, '' where there is none. */
  from: string;
  to: string;
  terms: readonly TermRow[];
  imageField: string;
  /** Fields that become columns, or null for all. */
  columns: string[] | null;
}

const DAY = 86_400_000;

/** What a person filled in as a query; whole days of UTC, both ends included. Throws a SyntaxError for wrong JSON. */
export function queryOf(fields: QueryFields): ElasticQuery {
  const { url, index, text, dateField, from, to, terms, imageField, columns } = fields;
  const first = from === '' ? null : Date.parse(`${from}T00:00:00Z`);
  const last = to === '' ? null : Date.parse(`${to}T00:00:00Z`) + DAY - 1;
  const dated = dateField !== '' && (first !== null || last !== null);
  return {
    url,
    index: index.trim(),
    query: queryOfText(text),
    dates: dated ? { field: dateField, from: first, to: last } : null,
    terms: terms.flatMap(({ field, values }) => {
      const list = values
        .split(',')
        .map((value) => value.trim())
        .filter((value) => value !== '');
      return field !== '' && list.length > 0 ? [{ field, values: list }] : [];
    }),
    imageField,
    ...(columns && { columns }),
  };
}

/** A query in JSON when it begins with a brace, whole bodies of searches included; words otherwise. */
function queryOfText(text: string): string | object {
  if (!text.trimStart().startsWith('{')) return text;
  const value = JSON.parse(text) as { query?: unknown };
  return typeof value.query === 'object' && value.query !== null ? value.query : value;
}
