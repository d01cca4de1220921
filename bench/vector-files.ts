import { crc32, deflateRawSync } from 'node:zlib';
import { npyHeader } from '../src/exports/npy';
import { tableParquet } from '../src/exports/parquet';
import { mixture, pathOf, writeChunks } from './import-files';

/** A way to write n x d float32 to a file. */
export interface VectorFormat {
  title: string;
  file: string;
  /** Whether the file says itself which image each row is of. */
  hasPaths: boolean;
  write(path: string, n: number, d: number): Promise<void>;
}

const bytesOf = (block: Float32Array<ArrayBuffer>): Uint8Array => new Uint8Array(block.buffer);

/** Column after column, which is read across the whole file for each row. */
function fortran(path: string, n: number, d: number): Promise<void> {
  const whole = new Float32Array(n * d);
  let row = 0;
  for (const block of mixture(n, d))
    for (let i = 0; i < block.length; i += d, row++)
      for (let j = 0; j < d; j++) whole[j * n + row] = block[i + j];
  const header = Buffer.from(npyHeader([n, d])).toString('latin1');
  const turned = header.replace("'fortran_order': False,", "'fortran_order': True, ");
  return writeChunks(path, [Buffer.from(turned, 'latin1'), new Uint8Array(whole.buffer)]);
}

/** A ZIP with one deflated array in it, as `numpy.savez_compressed` writes it. */
function npz(path: string, n: number, d: number): Promise<void> {
  const raw = Buffer.concat([npyHeader([n, d]), ...[...mixture(n, d)].map(bytesOf)]);
  const packed = deflateRawSync(raw, { level: 1 });
  const name = Buffer.from('arr_0.npy');
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(crc32(raw), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(raw.length, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, name]);
  const central = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\x00', 'latin1'),
    common,
    Buffer.alloc(14),
    name,
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length + packed.length, 16);
  return writeChunks(path, [local, packed, central, end]);
}

/** An array pickled by protocol 3. */
function pickle(path: string, n: number, d: number): Promise<void> {
  const u32 = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
  };
  const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
  const int = (value: number): Buffer => Buffer.concat([ascii('J'), u32(value)]);
  const dtype = ascii(
    'cnumpy\ndtype\nX\x02\0\0\0f4\x89\x88\x87R(K\x03X\x01\0\0\0<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\0tb',
  );
  function* parts(): Generator<Uint8Array> {
    yield ascii('\x80\x03cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\x85C\x01b\x87R(K\x01');
    yield Buffer.concat([int(n), int(d), ascii('\x86'), dtype, ascii('\x89B'), u32(4 * n * d)]);
    for (const block of mixture(n, d)) yield bytesOf(block);
    yield ascii('tb.');
  }
  return writeChunks(path, parts());
}

function parquet(path: string, n: number, d: number): Promise<void> {
  const columns = [{ name: 'path', type: 'text' as const, at: pathOf }];
  const vectors = { name: 'vector', d, blocks: () => mixture(n, d) };
  return writeChunks(path, tableParquet({ name: 'vectors', n, columns }, vectors).chunks);
}

/** A column for each number. */
function wide(path: string, n: number, d: number): Promise<void> {
  function* lines(): Generator<string> {
    yield `path,${Array.from({ length: d }, (_, j) => `v${j}`).join()}\n`;
    let row = 0;
    for (const block of mixture(n, d))
      for (let i = 0; i < block.length; i += d, row++)
        yield `${pathOf(row)},${Array.from(block.subarray(i, i + d), (v) => v.toFixed(6)).join()}\n`;
  }
  return writeChunks(path, lines());
}

export const VECTOR_FORMATS: readonly VectorFormat[] = [
  { title: 'NPY, Fortran order', file: 'fortran.npy', hasPaths: false, write: fortran },
  { title: 'NPZ, deflated', file: 'packed.npz', hasPaths: false, write: npz },
  { title: 'pickled array', file: 'array.pickle', hasPaths: false, write: pickle },
  { title: 'Parquet, lists of float', file: 'vectors.parquet', hasPaths: true, write: parquet },
  { title: 'CSV, a column for each number', file: 'wide.csv', hasPaths: true, write: wide },
];
