import { fieldOf, mergeDocument, values, type Index, type Mapping } from './documents';
import { illegal, onlyKeys } from './refusal';
import type { Script } from './script';

export interface BulkRefusal {
  status: number;
  type: string;
  reason: string;
}

/** `POST _bulk` with updates: an item for each, in order. `refuse` makes some fail. */
export function bulk(
  body: string,
  indexOf: (name: string) => Index | undefined,
  refuse: (id: string) => BulkRefusal | null,
  scripts: ReadonlyMap<string, Script>,
): { errors: boolean; items: object[] } {
  if (!body.endsWith('\n')) throw illegal('The bulk request must be terminated by a newline [\\n]');
  const lines = body.slice(0, -1).split('\n');
  const items: { update: { status: number } }[] = [];
  for (let i = 0; i < lines.length; i += 2) {
    const action = JSON.parse(lines[i]) as { update?: { _index: string; _id: string } };
    onlyKeys(action, ['update'], 'action');
    onlyKeys(action.update!, ['_index', '_id', 'routing', 'retry_on_conflict'], 'update');
    const part = JSON.parse(lines[i + 1] ?? '') as Part;
    onlyKeys(part, ['doc', 'doc_as_upsert', 'detect_noop', 'script', 'scripted_upsert'], 'update body');
    if (part.doc && part.script) throw illegal("can't provide both script and doc");
    items.push({ update: update(action.update!, changeOf(part, scripts), indexOf, refuse) });
  }
  return { errors: items.some(({ update: { status } }) => status >= 300), items };
}

interface Part {
  doc?: Record<string, unknown>;
  script?: { lang?: string; source: string; params?: Record<string, unknown> };
}

/** Changes a `_source` and says whether it did; null: the server cannot. */
type Change = ((source: Record<string, unknown>) => boolean) | null;

function changeOf({ doc, script }: Part, scripts: ReadonlyMap<string, Script>): Change {
  if (doc) return (source) => mergeDocument(source, doc);
  if (!script) throw illegal('script or doc is missing');
  onlyKeys(script, ['lang', 'source', 'id', 'params', 'options'], 'script');
  const run = script.lang === 'painless' ? scripts.get(script.source) : undefined;
  return run ? (source) => run(source, structuredClone(script.params ?? {})) : null;
}

function update(
  { _index, _id }: { _index: string; _id: string },
  change: Change,
  indexOf: (name: string) => Index | undefined,
  refuse: (id: string) => BulkRefusal | null,
): { status: number; [key: string]: unknown } {
  const failed = (status: number, type: string, reason: string) => ({
    _index,
    _id,
    status,
    error: { type, reason },
  });
  const refusal = refuse(_id);
  if (refusal) return failed(refusal.status, refusal.type, refusal.reason);
  const index = indexOf(_index);
  if (!index) return failed(404, 'index_not_found_exception', `no such index [${_index}]`);
  const known = index.documents.get(_id);
  if (!known) return failed(404, 'document_missing_exception', `[${_id}]: document missing`);
  const source = structuredClone(known.source);
  if (!change) return failed(400, 'illegal_argument_exception', 'failed to execute script');
  if (!change(source)) return { _index, _id, status: 200, result: 'noop' };
  const wrong = unfit(index.mapping, source);
  if (wrong) return failed(400, 'document_parsing_exception', wrong);
  index.put(_id, source);
  return { _index, _id, status: 200, result: 'updated' };
}

/** What of a document does not fit into the mapping. */
function unfit(mapping: Mapping, doc: Record<string, unknown>, path = ''): string | null {
  for (const [key, value] of Object.entries(doc)) {
    const name = path + key;
    const field = fieldOf(mapping, name);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const within = unfit(mapping, value as Record<string, unknown>, `${name}.`);
      if (within) return within;
    } else if (field?.type === 'dense_vector' || field?.type === 'knn_vector') {
      const dims = Number(field['dims'] ?? field['dimension']);
      const given = values(doc, key).length;
      if (given !== dims) return `The [dense_vector] field [${name}] has ${given} dimensions, not ${dims}`;
    } else if (field?.type === 'integer' && value !== null && !Number.isInteger(value))
      return `failed to parse field [${name}] of type [integer]`;
  }
  return null;
}
