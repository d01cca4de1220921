import type { ColumnChunk, OffsetIndex, SchemaElement } from 'hyparquet';
import type { ByteWriter } from 'hyparquet-writer';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';

/** Numbers in a page: about 1 MiB. */
const PAGE = 1 << 18;

/** The columns of the schema that a list of d float32 for each record takes. */
export function vectorSchema(name: string): SchemaElement[] {
  return [
    { name, repetition_type: 'REQUIRED', num_children: 1, converted_type: 'LIST' },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', type: 'FLOAT', repetition_type: 'REQUIRED' },
  ];
}

/**
 * Writes the vectors of one row group of a Parquet file, page by page: every record has a list of d numbers, so that the levels are known
 * without looking at them, and the numbers are copied as they lie in memory (little-endian, PLAIN). The general writer visits
 * every number, which takes some hundred times as long.
 */
export class VectorChunk {
  #rows = 0;
  #bytes = 0;
  readonly #start: number;
  readonly #pages: OffsetIndex['page_locations'] = [];

  constructor(
    private readonly writer: ByteWriter,
    private readonly name: string,
    private readonly d: number,
  ) {
    this.#start = writer.offset;
  }

  /** Whole vectors, row-major; written when this returns. */
  *add(data: Float32Array): Generator<void> {
    const step = Math.max(1, Math.floor(PAGE / this.d)) * this.d;
    for (let at = 0; at < data.length; at += step) {
      this.#page(data.subarray(at, at + step));
      yield;
    }
  }

  /** The directory's entries, once all vectors are in. */
  finish(): { chunk: ColumnChunk; offsetIndex: OffsetIndex } {
    const size = BigInt(this.#bytes);
    return {
      chunk: {
        file_offset: BigInt(this.#start),
        meta_data: {
          type: 'FLOAT',
          encodings: ['PLAIN', 'RLE'],
          path_in_schema: [this.name, 'list', 'element'],
          codec: 'UNCOMPRESSED',
          num_values: BigInt(this.#rows * this.d),
          total_compressed_size: size,
          total_uncompressed_size: size,
          data_page_offset: BigInt(this.#start),
        },
      },
      offsetIndex: { page_locations: this.#pages },
    };
  }

  #page(data: Float32Array): void {
    const { writer, d } = this;
    const rows = data.length / d;
    const repetition = repetitionLevels(rows, d);
    const definition = run(data.length, 1);
    const size = repetition.length + definition.length + data.byteLength;
    const start = writer.offset;
    writePageHeader(writer, {
      type: 'DATA_PAGE_V2',
      uncompressed_page_size: size,
      compressed_page_size: size,
      data_page_header_v2: {
        num_values: data.length,
        num_nulls: 0,
        num_rows: rows,
        encoding: 'PLAIN',
        definition_levels_byte_length: definition.length,
        repetition_levels_byte_length: repetition.length,
        is_compressed: false,
      },
    });
    writer.appendBytes(Uint8Array.from(repetition));
    writer.appendBytes(Uint8Array.from(definition));
    writer.appendBytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    this.#pages.push({
      offset: BigInt(start),
      compressed_page_size: writer.offset - start,
      first_row_index: BigInt(this.#rows),
    });
    this.#rows += rows;
    this.#bytes += writer.offset - start;
  }
}

/** A run of one level in the RLE / bit-packing hybrid of Parquet ("Encodings", 3), levels of one bit. */
function run(length: number, level: 0 | 1): number[] {
  const bytes: number[] = [];
  let header = length * 2;
  for (; header >= 128; header = Math.floor(header / 128)) bytes.push((header % 128) + 128);
  return [...bytes, header, level];
}

/** 0 where a list begins, 1 within it. */
function repetitionLevels(rows: number, d: number): number[] {
  if (d === 1) return run(rows, 0);
  const one = [...run(1, 0), ...run(d - 1, 1)];
  return Array.from({ length: rows }, () => one).flat();
}
