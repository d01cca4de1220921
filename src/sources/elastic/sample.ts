import type { ElasticField, ElasticQuery, ElasticSample } from '../../domain/remote';
import { pictureIn } from '../json/picture';
import { valuesAt, type Hit } from './documents';
import { isVector } from './fields';
import type { ElasticHttp } from './http';
import { searchQuery } from './query';
import { indexPath } from './server';

/** Documents that are looked at. */
const SAMPLE = 5;
/** Shorter texts are no picture. */
const MIN_TEXT = 48;
const HEAD = 64;
const DEFAULT_FIELD = 'frame_content';

/** Looks at some documents for fields that hold pictures; `frame_content` comes first where it does. Errors: `remote`. */
export async function sampleDocuments(
  http: ElasticHttp,
  query: ElasticQuery,
  fields: readonly ElasticField[],
): Promise<ElasticSample> {
  const path = `${indexPath(query.index, http.origin)}/_search`;
  const excludes = fields.filter(isVector).map(({ name }) => name);
  const body = { size: SAMPLE, query: searchQuery(query), _source: { excludes } };
  const { hits } = await http.json<{ hits?: { hits?: Hit[] } }>({ method: 'POST', path, body });
  const found = hits?.hits ?? [];
  // A mapping may leave out what it does not index; the documents have it all the same.
  const names = new Set([
    ...fields.map(({ name }) => name),
    ...found.flatMap(({ _source }) => namesOf(_source, '')),
  ]);
  const counted = [...names].map((name) => ({
    name,
    n: found.filter(({ _source }) => valuesAt(_source, name).some(isPicture)).length,
  }));
  const order = ({ name, n }: { name: string; n: number }): number => (name === DEFAULT_FIELD ? Infinity : n);
  const imageFields = counted
    .filter(({ n }) => n > 0)
    .sort((a, b) => order(b) - order(a))
    .map(({ name }) => name);
  return { imageFields, documents: found.length };
}

function isPicture(value: unknown): boolean {
  return typeof value === 'string' && value.length >= MIN_TEXT && pictureIn(headOf(value)) !== null;
}

/** Whole groups of four after a `data:` prefix, so that what is cut is still base64. */
function headOf(text: string): string {
  const comma = /^\s*data:/i.test(text) ? text.indexOf(',') + 1 : 0;
  return text.slice(0, comma + HEAD);
}

function namesOf(source: unknown, prefix: string): string[] {
  if (typeof source !== 'object' || source === null) return [];
  if (Array.isArray(source)) return source.slice(0, 1).flatMap((part) => namesOf(part, prefix));
  return Object.entries(source).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : namesOf(value, `${prefix}${key}.`),
  );
}
