import type { Table } from '../domain/table';

/** Bytes of a table's columns: in one of texts, these are most of it. */
export function tableBytes({ columns }: Table): number {
  let bytes = arrayBytes(columns);
  for (const column of columns)
    if (column.type === 'text') for (const word of column.words) bytes += word.length;
  return bytes;
}

/** Bytes of the typed arrays in a record, however deep; the rest of it is small beside them. */
export function arrayBytes(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 0;
  let bytes = 0;
  for (const part of Object.values(value)) bytes += arrayBytes(part);
  return bytes;
}
