import { describe, expect, it } from 'vitest';
import { readCsvTable } from './table/csv-table';
import { readJsonImages } from './json/json-images';
import { sniffJson } from './json/sniff-json';
import { openDescriptors } from './vectors/open';

const MIB = 1 << 20;

/** A file of parts that repeat, and the longest piece of it that was ever asked for. */
function counted(
  parts: (Uint8Array<ArrayBuffer> | string | Blob)[],
  name: string,
): { file: File; longest: () => number } {
  const file = new File(parts, name);
  let longest = 0;
  const inner = file.slice.bind(file);
  file.slice = (start = 0, end = file.size, type) => {
    longest = Math.max(longest, Math.min(end, file.size) - start);
    return inner(start, end, type);
  };
  file.stream = () => {
    throw new Error('read as a whole');
  };
  file.arrayBuffer = () => Promise.reject(new Error('read as a whole'));
  return { file, longest: () => longest };
}

/** `count` times the same text, without as many copies in memory. */
function repeated(text: string, count: number): Blob[] {
  const one = new Blob([text]);
  return Array.from({ length: count }, () => one);
}

describe('files that are larger than what is held of them', () => {
  it('JSON of 256 MiB, pieces of 1 MiB', async () => {
    const picture = Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      Buffer.alloc(96 << 10, 7),
    ]).toString('base64');
    const record = `{"id":1,"frame_content":"${picture}","device":{"id":5}},\n`;
    const count = Math.ceil((256 * MIB) / record.length);
    const { file, longest } = counted(['[', ...repeated(record, count), '{"id":2}]'], 'big.json');
    expect(file.size).toBeGreaterThan(256 * MIB);
    const { shape, imageField } = await sniffJson(file);
    expect(longest()).toBeLessThanOrEqual(16 * MIB);
    const second = counted([file], 'big.json');
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    let records = 0;
    let last;
    for await (const images of readJsonImages(second.file, { shape, imageField })) {
      records += images.length;
      if (images[0].entry.path.endsWith('png')) last = images[0].entry;
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    expect(records).toBe(count + 1);
    expect(second.longest()).toBeLessThanOrEqual(MIB);
    // Garbage that is not collected yet is in it.
    expect(most).toBeLessThan(128 * MIB);
    expect((await last!.read()).size).toBe((96 << 10) + 8);
    expect(second.longest()).toBeLessThanOrEqual(MIB);
  }, 120_000);

  it.each([
    ['rows', 'False', 2 * MIB],
    ['columns', 'True', 64 << 10],
  ])(
    '.npy of 256 MiB in %s',
    async (_, fortran, bound) => {
      const d = 512;
      const n = (256 * MIB) / (4 * d);
      const text =
        `{'descr': '<f4', 'fortran_order': ${fortran}, 'shape': (${n}, ${d}), }`.padEnd(117) + '\n';
      const header = Buffer.concat([
        Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
        Buffer.from([118, 0]),
        Buffer.from(text),
      ]);
      const part = new Blob([new Float32Array(MIB / 4).map((__, i) => i)]);
      const { file, longest } = counted(
        [new Uint8Array(header), ...Array.from({ length: 256 }, () => part)],
        'big.npy',
      );
      const reader = await openDescriptors(file);
      let rows = 0;
      for await (const block of reader.blocks()) {
        if (rows === 0)
          expect([block.data[0], block.data[d + 1]]).toEqual(
            fortran === 'True' ? [0, 1 + (n % (MIB / 4))] : [0, d + 1],
          );
        rows += block.n;
      }
      expect(rows).toBe(n);
      expect(longest()).toBeLessThanOrEqual(bound);
    },
    120_000,
  );

  it('a table of a million rows', async () => {
    const lines = Array.from(
      { length: 1000 },
      (_, i) => `images/class ${i % 7}/picture ${i}.jpg,${i / 8},2020-01-0${(i % 9) + 1},true\n`,
    );
    const { file, longest } = counted(
      ['path,value,day,good\n', ...repeated(lines.join(''), 1000)],
      'big.csv',
    );
    const table = await readCsvTable(file);
    expect(table.n).toBe(1_000_000);
    expect(table.columns.map(({ type }) => type)).toEqual(['text', 'number', 'date', 'boolean']);
    expect(longest()).toBeLessThanOrEqual(MIB);
  }, 120_000);
});
