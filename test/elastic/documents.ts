/** A document as the index holds it. `n` is its place in the shard: an update puts it at the end, as Lucene does. */
export interface Document {
  id: string;
  shard: number;
  n: number;
  source: Record<string, unknown>;
}

export interface Mapping {
  type?: string;
  properties?: Record<string, Mapping>;
  [setting: string]: unknown;
}

const SHARDS = 2;

/** An index of two shards with a mapping. */
export class Index {
  readonly documents = new Map<string, Document>();
  readonly settings: Record<string, string> = {};
  mapping: Mapping;
  private counts = Array.from({ length: SHARDS }, () => 0);

  constructor(
    readonly name: string,
    properties: Record<string, Mapping> = {},
  ) {
    this.mapping = { properties };
  }

  put(id: string, source: Record<string, unknown>): void {
    const shard = [...id].reduce((sum, char) => sum + char.charCodeAt(0), 0) % SHARDS;
    // Deleted first, so that the order of the map is the order of writing.
    this.documents.delete(id);
    this.documents.set(id, { id, shard, n: this.counts[shard]++, source });
  }
}

/** Adds to a mapping as `PUT /{index}/_mapping` does; gives what is wrong, or null. */
export function mergeMapping(into: Mapping, more: Mapping, path = ''): string | null {
  for (const [key, mapping] of Object.entries(more.properties ?? {})) {
    const name = path + key;
    const known = (into.properties ??= {})[key];
    if (!known) into.properties[key] = structuredClone(mapping);
    else if (known.properties && mapping.properties) {
      const wrong = mergeMapping(known, mapping, `${name}.`);
      if (wrong) return wrong;
    } else if (typeOf(known) !== typeOf(mapping))
      return `mapper [${name}] cannot be changed from type [${typeOf(known)}] to [${typeOf(mapping)}]`;
  }
  return null;
}

const typeOf = ({ type, properties }: Mapping): string => type ?? (properties ? 'object' : 'undefined');

/** The mapping of a field by its name with dots; multi-fields too. */
export function fieldOf(mapping: Mapping, name: string): Mapping | null {
  let at: Mapping | undefined = mapping;
  for (const key of name.split('.'))
    at = at?.properties?.[key] ?? (at?.['fields'] as Record<string, Mapping> | undefined)?.[key];
  return at ?? null;
}

/** Values of a field in a document, by its name with dots, lists flattened. */
export function values(source: unknown, name: string): unknown[] {
  let at: unknown[] = [source];
  for (const key of name.split('.')) {
    at = at.flatMap((part) => {
      const found = (part as Record<string, unknown> | null)?.[key];
      return found === undefined || found === null ? [] : Array.isArray(found) ? found : [found];
    });
  }
  return at;
}

/** Deep merge of a partial document, as an update does; whether anything changed. */
export function mergeDocument(into: Record<string, unknown>, part: Record<string, unknown>): boolean {
  let changed = false;
  for (const [key, value] of Object.entries(part)) {
    const known = into[key];
    if (isObject(known) && isObject(value)) changed = mergeDocument(known, value) || changed;
    else if (JSON.stringify(known) !== JSON.stringify(value)) {
      into[key] = structuredClone(value);
      changed = true;
    }
  }
  return changed;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
