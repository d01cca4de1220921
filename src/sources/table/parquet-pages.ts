import { readOffsetIndex, type AsyncBuffer, type ColumnChunk, type ColumnMetaData } from 'hyparquet';

/** A struct of Thrift's compact protocol: its numbers and its structs by field; all else is skipped. */
type Struct = Map<number, number | Struct>;

/** Bytes in which the header of a page is looked for: statistics in it may be long, but seldom are. */
const WINDOWS = [4 << 10, 1 << 20];

/**
 * Checks where the pages of a column chunk begin and end, by their headers and by the chunk's index of them (parquet-format,
 * "PageHeader" and "PageIndex"). Throws an Error when they are damaged: hyparquet (up to 1.33) reads on for ever where a length is
 * missing.
 */
export async function checkPages(file: AsyncBuffer, chunk: ColumnChunk): Promise<void> {
  if (!chunk.meta_data) throw damaged();
  const ends = await pageEnds(file, chunk.meta_data);
  if (!chunk.offset_index_offset || !chunk.offset_index_length) return;
  const from = Number(chunk.offset_index_offset);
  const index = await file.slice(from, from + chunk.offset_index_length);
  for (const page of readOffsetIndex({ view: new DataView(index), offset: 0 }).page_locations)
    if (ends.get(Number(page.offset)) !== Number(page.offset) + page.compressed_page_size)
      throw new Error('its index of pages is damaged');
}

/** Where each page ends, by where it begins, in bytes of the file. */
async function pageEnds(file: AsyncBuffer, meta: ColumnMetaData): Promise<Map<number, number>> {
  const end =
    Number(meta.dictionary_page_offset || meta.data_page_offset) + Number(meta.total_compressed_size);
  const ends = new Map<number, number>();
  let at = Number(meta.dictionary_page_offset || meta.data_page_offset);
  // One byte may be left: some writers pad.
  while (at < end - 1) {
    const { header, length } = await readHeader(file, at, end);
    const size = count(header.get(3));
    count(header.get(2));
    const v2 = header.get(8);
    if (v2 instanceof Map && count(v2.get(5)) + count(v2.get(6)) > size) throw damaged();
    for (const field of [5, 8]) {
      const values = header.get(field);
      if (values instanceof Map && count(values.get(1)) > Number(meta.num_values)) throw damaged();
    }
    ends.set(at, at + length + size);
    at += length + size;
  }
  if (at > end) throw damaged();
  return ends;
}

function damaged(): Error {
  return new Error('the header of one of its pages is damaged');
}

function count(value: number | Struct | undefined): number {
  if (typeof value === 'number' && value >= 0) return value;
  throw damaged();
}

async function readHeader(
  file: AsyncBuffer,
  at: number,
  end: number,
): Promise<{ header: Struct; length: number }> {
  for (const bytes of WINDOWS) {
    const reader = { view: new DataView(await file.slice(at, Math.min(at + bytes, end))), at: 0 };
    try {
      return { header: readStruct(reader), length: reader.at };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  throw damaged();
}

interface Reader {
  view: DataView<ArrayBuffer>;
  at: number;
}

/** Throws a RangeError when the bytes end before the struct does. */
function readStruct(reader: Reader): Struct {
  const struct: Struct = new Map();
  for (let field = 0; ;) {
    const byte = reader.view.getUint8(reader.at++);
    const type = byte & 15;
    if (type === 0) return struct;
    field = byte >> 4 ? field + (byte >> 4) : zigzag(varint(reader));
    const value = readValue(reader, type);
    if (value !== null) struct.set(field, value);
  }
}

function readValue(reader: Reader, type: number): number | Struct | null {
  switch (type) {
    case 1: // true
    case 2: // false: the type is the value
      return null;
    case 3: // byte
      reader.at += 1;
      return null;
    case 4: // i16
    case 5: // i32
    case 6: // i64
      return zigzag(varint(reader));
    case 7: // double
      reader.at += 8;
      return null;
    case 8: {
      // bytes
      const length = varint(reader);
      reader.at += length;
      return null;
    }
    case 9: {
      // list
      const byte = reader.view.getUint8(reader.at++);
      const length = byte >> 4 === 15 ? varint(reader) : byte >> 4;
      for (let i = 0; i < length; i++) readValue(reader, (byte & 15) <= 2 ? 3 : byte & 15);
      return null;
    }
    case 12: // struct
      return readStruct(reader);
    default:
      throw damaged();
  }
}

/** As a double: exact up to 2^53, and larger ones are larger than any file. */
function varint(reader: Reader): number {
  let value = 0;
  for (let weight = 1; ; weight *= 128) {
    const byte = reader.view.getUint8(reader.at++);
    value += (byte & 127) * weight;
    if (byte < 128) return value;
    if (weight > 2 ** 63) throw damaged();
  }
}

function zigzag(value: number): number {
  return value % 2 ? -(value + 1) / 2 : value / 2;
}
