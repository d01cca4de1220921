import type { ElasticField } from '../../domain/remote';
import type { ElasticHttp } from './http';
import { indexPath } from './server';

interface Mapping {
  type?: string;
  format?: string;
  path?: string;
  properties?: Record<string, Mapping>;
  fields?: Record<string, Mapping>;
}

const NUMBERS = new Set(
  'byte short integer long unsigned_long half_float float double scaled_float token_count'.split(' '),
);
const DATES = new Set(['date', 'date_nanos']);
/** Types whose values can be asked for one by one. */
const TERMS = new Set(['keyword', 'constant_keyword', 'wildcard', 'ip', 'boolean', ...NUMBERS]);
/** Vectors are no columns, and too long to be fetched with every document. */
const VECTORS = new Set(['dense_vector', 'knn_vector', 'sparse_vector', 'rank_features']);

/** The fields of all indices that the name stands for, objects within objects with dots between. Errors: `remote`. */
export async function readFields(http: ElasticHttp, index: string): Promise<ElasticField[]> {
  const path = `${indexPath(index, http.origin)}/_mapping`;
  const answer = await http.json<Record<string, { mappings?: Mapping }>>({ method: 'GET', path });
  const fields = new Map<string, ElasticField>();
  for (const { mappings } of Object.values(answer)) collect(mappings?.properties ?? {}, '', fields);
  return [...fields.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function collect(properties: Record<string, Mapping>, prefix: string, into: Map<string, ElasticField>): void {
  for (const [key, mapping] of Object.entries(properties)) {
    const name = prefix + key;
    if (mapping.properties) collect(mapping.properties, `${name}.`, into);
    else if (mapping.type && mapping.type !== 'alias' && !into.has(name))
      into.set(name, field(name, mapping));
  }
}

function field(name: string, { type = '', format = '', fields = {} }: Mapping): ElasticField {
  const column = NUMBERS.has(type)
    ? 'number'
    : DATES.has(type)
      ? 'date'
      : type === 'boolean'
        ? 'boolean'
        : 'text';
  const beside = Object.entries(fields).find(([, { type = '' }]) => TERMS.has(type));
  const term = TERMS.has(type) ? name : beside ? `${name}.${beside[0]}` : null;
  return { name, type, column, term, ...(/epoch_second/.test(format) && { seconds: true }) };
}

export const isVector = ({ type }: ElasticField): boolean => VECTORS.has(type);
