import type { Artifact } from './artifact';
import { recordBlocks, type OutColumn, type OutTable, type OutVectors } from './out-table';
import { cellJson, encoded, vectorJson } from './text-tables';

export interface BulkOptions {
  /** Put before the name of every field, so that nothing that a document has already is touched. */
  prefix: string;
  /** Named in every action; '': the address that the file is sent to names it. */
  index: string;
  /** The ids of documents that exist already: these are updated. Records without one are added. */
  ids: Extract<OutColumn, { type: 'text' }> | null;
}

/**
 * A table for the `_bulk` endpoint of Elasticsearch and OpenSearch (Bulk API: an action on one line, what it is done with on the
 * next, a line end after the last).
 */
export function tableBulk(
  table: OutTable,
  { prefix, index, ids }: BulkOptions,
  vectors: OutVectors | null = null,
): Artifact {
  const named = (name: string): string => JSON.stringify(prefix + name);
  async function* lines(): AsyncGenerator<string> {
    const names = table.columns.map(({ name }) => named(name));
    for await (const block of recordBlocks(table, vectors))
      for (let i = 0; i < block.n; i++) {
        const record = block.first + i;
        const fields = table.columns.map((column, c) => `${names[c]}:${cellJson(column, record)}`);
        if (vectors && block.vectors)
          fields.push(`${named(vectors.name)}:${vectorJson(block.vectors, i, vectors.d)}`);
        const id = ids?.at(record) ?? '';
        const where = { ...(index ? { _index: index } : {}), ...(id ? { _id: id } : {}) };
        const document = `{${fields.join(',')}}`;
        yield id
          ? `${JSON.stringify({ update: where })}\n{"doc":${document}}\n`
          : `${JSON.stringify({ index: where })}\n${document}\n`;
      }
  }
  return { name: `${table.name}.bulk.ndjson`, type: 'application/x-ndjson', chunks: encoded(lines()) };
}
