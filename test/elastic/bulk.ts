import { fieldOf, mergeDocument, values, type Index, type Mapping } from './documents';
import { illegal, onlyKeys } from './refusal';

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
): { errors: boolean; items: object[] } {
  if (!body.endsWith('\n')) throw illegal('The bulk request must be terminated by a newline [\\n]');
  const lines = body.slice(0, -1).split('\n');
  const items: { update: { status: number } }[] = [];
  for (let i = 0; i < lines.length; i += 2) {
    const action = JSON.parse(lines[i]) as { update?: { _index: string; _id: string } };
    onlyKeys(action, ['update'], 'action');
    onlyKeys(action.update!, ['_index', '_id', 'routing', 'retry_on_conflict'], 'update');
    const part = JSON.parse(lines[i + 1] ?? '') as { doc: Record<string, unknown> };
    onlyKeys(part, ['doc', 'doc_as_upsert', 'detect_noop'], 'update body');
    items.push({ update: update(action.update!, part.doc, indexOf, refuse) });
  }
  return { errors: items.some(({ update: { status } }) => status >= 300), items };
}

function update(
  { _index, _id }: { _index: string; _id: string },
  doc: Record<string, unknown>,
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
  const wrong = unfit(index.mapping, doc);
  if (wrong) return failed(400, 'document_parsing_exception', wrong);
  const source = structuredClone(known.source);
  if (!mergeDocument(source, doc)) return { _index, _id, status: 200, result: 'noop' };
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
