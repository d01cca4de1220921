/** Bytes of the typed arrays in a record, however deep; the rest of it is small beside them. */
export function arrayBytes(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 0;
  let bytes = 0;
  for (const part of Object.values(value)) bytes += arrayBytes(part);
  return bytes;
}
