import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDamage, damaged } from '../../../test/damage';
import { readShared, shared } from '../../../test/shared';
import { TesseraError } from '../../domain/errors';
import { readJsonImages, type JsonImage } from './json-images';
import { readJson, type JsonRecord } from './read-json';
import type { JsonShape } from './shape';
import { sniffJson } from './sniff-json';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=';
const bytesOfPng = Buffer.from(PNG, 'base64');

const fileOf = (content: string | Uint8Array<ArrayBuffer>, name = 'set.json'): File =>
  new File([content], name);

async function recordsOf(
  file: File,
  options: { shape?: JsonShape; imageField?: string; chunk?: number } = {},
): Promise<JsonRecord[]> {
  const sniffed = await sniffJson(file);
  const all: JsonRecord[] = [];
  for await (const some of readJson(file, {
    shape: sniffed.shape,
    imageField: sniffed.imageField,
    ...options,
  }))
    all.push(...some);
  return all;
}

async function imagesOf(file: File): Promise<JsonImage[]> {
  const { shape, imageField } = await sniffJson(file);
  const all: JsonImage[] = [];
  for await (const some of readJsonImages(file, { shape, imageField })) all.push(...some);
  return all;
}

const rows = (records: JsonRecord[]): Record<string, unknown>[] =>
  records.map(({ columns }) => Object.fromEntries(columns));

const one = { id: 7, frame_content: PNG, at: 1.5 };
const two = { id: 8, frame_content: PNG, at: null };
const plain = [
  { id: 7, at: 1.5 },
  { id: 8, at: null },
];
const SHAPES: [JsonShape['kind'], string, Record<string, unknown>[]][] = [
  ['array', JSON.stringify([one, two], null, 2), plain],
  ['array', '[]'.replace(']', `${JSON.stringify(one)}]`), [plain[0]]],
  ['object', JSON.stringify({ version: 1, detections: [one, two], more: [3] }), plain],
  [
    'search',
    JSON.stringify({
      took: 3,
      hits: {
        total: { value: 2 },
        hits: [
          { _id: 'a', _score: 1, _source: one },
          { _id: 'b', _source: two },
        ],
      },
    }),
    [
      { ...plain[0], _id: 'a', _score: 1 },
      { ...plain[1], _id: 'b' },
    ],
  ],
  [
    'elasticdump',
    [
      { _index: 'x', _id: 'a', _source: one },
      { _index: 'x', _id: 'b', _source: two },
    ]
      .map((line) => JSON.stringify(line))
      .join('\n'),
    [
      { ...plain[0], _index: 'x', _id: 'a' },
      { ...plain[1], _index: 'x', _id: 'b' },
    ],
  ],
  [
    'bulk',
    [
      { index: { _index: 'x', _id: 'a' } },
      one,
      { delete: { _id: 'z' } },
      { update: { _id: 'b' } },
      { doc: two, doc_as_upsert: true },
    ]
      .map((line) => `${JSON.stringify(line)}\r\n`)
      .join(''),
    [
      { ...plain[0], _index: 'x', _id: 'a' },
      { ...plain[1], _id: 'b' },
    ],
  ],
  ['lines', `\ufeff${JSON.stringify(one)}\n\n${JSON.stringify(two)}\n`, plain],
  ['lines', JSON.stringify({ ...one, tags: [{ a: 1 }] }), [plain[0]]],
];

describe('readJson', () => {
  it.each(SHAPES)('reads %s', async (kind, text, expected) => {
    const file = fileOf(text);
    const sniffed = await sniffJson(file);
    expect(sniffed).toMatchObject({ shape: { kind }, imageField: 'frame_content', records: expected.length });
    const records = await recordsOf(file);
    expect(rows(records)).toEqual(expected);
    for (const { places } of records) {
      const { start, end } = places.get('frame_content')!;
      expect(await file.slice(start, end).text()).toBe(PNG);
    }
  });

  it('gives the same records however the file is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...SHAPES),
        fc.integer({ min: 1, max: 300 }),
        async ([, text], chunk) => {
          const file = fileOf(text);
          expect(await recordsOf(file, { chunk })).toEqual(await recordsOf(file));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('flattens objects, joins arrays and leaves data out', async () => {
    const record = {
      a: { b: { c: 1 }, 'd.e': 'x' },
      tags: ['p', 'q', 3],
      single: [5],
      vector: Array.from({ length: 65 }, (_, i) => i),
      boxes: [{ x: 1 }],
      long: 'y'.repeat(70_000),
      __proto: 1,
    };
    const [{ columns, places }] = await recordsOf(fileOf(`[${JSON.stringify(record)}]`));
    expect(Object.fromEntries(columns)).toEqual({
      'a.b.c': 1,
      'a.d.e': 'x',
      tags: 'p, q, 3',
      single: 5,
      __proto: 1,
    });
    expect([...places.keys()]).toEqual(['long']);
  });

  it('goes on after a damaged line and says which it was', async () => {
    const lines = [
      '{"id":1}',
      '{"id":2',
      '',
      '{"id":3,"x":"a',
      'nonsense',
      '42',
      '[{"id":9}]',
      '{"id":4}',
      '{"i',
    ];
    for (const chunk of [1, 3, 7, 1000]) {
      const records = await recordsOf(fileOf(lines.join('\n')), { chunk });
      expect(records.map(({ line, id, fault }) => [line, id ?? fault])).toEqual([
        [1, '1'],
        [2, 'the line ends in the middle of the record'],
        [4, expect.stringContaining('not closed')],
        [5, expect.stringContaining('nonsense')],
        [6, 'it is not an object with fields'],
        [7, 'it is not an object with fields'],
        [8, '4'],
        [9, expect.stringContaining('in the middle')],
      ]);
    }
  });

  it('gives the records before the damage of an array, then the error with its place', async () => {
    const text = '[{"id":1},\n{"id":2},\n{"id":3,]';
    const records: JsonRecord[] = [];
    const reading = async (): Promise<void> => {
      for await (const some of readJson(fileOf(text), {
        shape: { kind: 'array', path: [] },
        imageField: null,
      }))
        records.push(...some);
    };
    await expect(reading()).rejects.toMatchObject({
      code: 'read-file',
      params: { place: 'line 3, byte 29' },
    });
    expect(records.map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('bounds what one record may hold', async () => {
    const many = JSON.stringify({ id: 1, x: Array.from({ length: 30_000 }, () => 1) });
    const [big, next] = await recordsOf(fileOf(`${many}\n{"id":2}`));
    expect(big.fault).toContain('more than 20000 values');
    expect(next.id).toBe('2');
  });
});

describe('sniffJson', () => {
  it('finds the picture by its magic number, also behind a data: prefix and within objects', async () => {
    const record = { note: 'x'.repeat(200), image: { data: `data:image/png;base64,${PNG}`, alt: 'a' } };
    const sniffed = await sniffJson(fileOf(`${JSON.stringify(record)}\n`.repeat(50)));
    expect(sniffed.imageField).toBe('image.data');
    expect(sniffed.fields).toEqual(['note', 'image.data', 'image.alt']);
    expect(sniffed.records).toBe(50);
  });

  it('suggests none where there is none', async () => {
    expect((await sniffJson(fileOf('[{"a":1}]'))).imageField).toBeNull();
  });

  it.each(['', '42', '"x"', '[]', '[1,2]', '{"a":1', 'hello', '\u0000\u0001', '[[1]]'])(
    'refuses %j with a sentence',
    async (text) => {
      await expect(
        sniffJson(fileOf(text)).then((sniffed) => recordsOf(fileOf(text)).then((r) => [sniffed, r])),
      ).rejects.toThrow(/^set\.json could not be read \(.+\): .+\.$/);
    },
  );

  it('refuses UTF-16', async () => {
    const utf16 = new Uint8Array(Buffer.from('\ufeff[{"a":1}]', 'utf16le'));
    await expect(sniffJson(fileOf(utf16))).rejects.toThrow('save it as UTF-8');
  });
});

describe('readJsonImages', () => {
  it('names pictures by id and content, and decodes their own bytes only', async () => {
    const records = [
      { id: 7, frame_content: PNG },
      { id: 7, frame_content: `data:image/png;base64,${PNG.replaceAll('/', '_').replaceAll('+', '-')}` },
      { frame_content: PNG.replace(/(.{20})/g, '$1\n').replace(/=+$/, '') },
      { id: 'a/b', frame_content: 'AAAA' },
    ];
    const text = JSON.stringify(records).replaceAll('/', '\\/');
    const images = await imagesOf(fileOf(text, 'rays.json'));
    expect(images.map(({ entry }) => entry.path)).toEqual([
      'rays/7.png',
      'rays/7 (2).png',
      'rays/3.png',
      'rays/a_b',
    ]);
    for (const { entry } of images.slice(0, 3))
      expect(Buffer.from(await (await entry.read()).arrayBuffer())).toEqual(bytesOfPng);
  });

  it('skips records without a picture and says their line', async () => {
    const lines = [
      { frame_content: PNG },
      { other: 1 },
      { frame_content: 'AB*D' },
      { frame_content: 'ABCDE' },
    ];
    const images = await imagesOf(fileOf(lines.map((l) => JSON.stringify(l)).join('\n'), 'x.ndjson'));
    expect(images[1].entry.skip).toEqual({
      code: 'record',
      detail: 'line 2: no text in the field frame_content',
    });
    await expect(images[1].entry.read()).rejects.toThrow('line 2');
    await expect(images[2].entry.read()).rejects.toThrow('line 3: byte 2 of the text is not base64');
    await expect(images[3].entry.read()).rejects.toThrow('line 4: base64 is cut short');
  });

  it.each([7, 64, 1 << 20])(
    'loses a line that was cut short and no other, in pieces of %i bytes',
    async (chunk) => {
      const good = (id: number): string => JSON.stringify({ id, frame_content: PNG });
      for (const cut of ['{"id": 2, "frame_content": ', '{', '{"id": 2, "a": {"b": 3}', '{"id": "unclosed']) {
        const records: JsonRecord[] = [];
        const file = fileOf([good(1), cut, good(3), cut, cut, good(6)].join('\n'), 'x.ndjson');
        const shape: JsonShape = { kind: 'lines', path: [] };
        for await (const some of readJson(file, { shape, imageField: 'frame_content', chunk }))
          records.push(...some);
        expect(records.map(({ line, id, fault }) => (fault === undefined ? `${line}: ${id}` : line))).toEqual(
          ['1: 1', 2, '3: 3', 4, 5, '6: 6'],
        );
      }
    },
  );

  it('reads records that span lines', async () => {
    const record = (id: number) =>
      JSON.stringify({ id, of: [{ a: 1 }, { a: 2 }], frame_content: PNG }, null, 1);
    const text = [1, 2, 3].map(record).join('\n');
    const images = await imagesOf(fileOf(text, 'x.ndjson'));
    expect(images.map(({ record }) => [record.id, record.fault])).toEqual([
      ['1', undefined],
      ['2', undefined],
      ['3', undefined],
    ]);
  });

  it('never fails but by a sentence: cut anywhere, and with bytes changed', async () => {
    const attempt = async (file: File): Promise<void> => {
      try {
        for (const { entry } of await imagesOf(file)) await entry.read().catch(() => undefined);
      } catch (error) {
        expect(error).toBeInstanceOf(TesseraError);
        expect((error as TesseraError).message).toContain('set.json');
      }
    };
    for (const [, text] of SHAPES)
      for (let end = 0; end < text.length; end += 64) await attempt(fileOf(text.slice(0, end)));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...SHAPES), anyDamage, ([, text], damage) =>
        attempt(fileOf(damaged(new TextEncoder().encode(text), damage))),
      ),
      { numRuns: 2000 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), (bytes) => attempt(fileOf(new Uint8Array(bytes)))),
    );
  }, 900_000);

  it.skipIf(!shared('data/credo-rays.json'))(
    'reads 400 detections and 60 lines (needs credo-rays)',
    async () => {
      const file = fileOf(new Uint8Array(readShared('data/credo-rays.json')), 'credo-rays.json');
      expect(await sniffJson(file)).toMatchObject({
        shape: { kind: 'object', path: ['detections'] },
        imageField: 'frame_content',
        imageFields: ['frame_content'],
      });
      const images = await imagesOf(file);
      expect(images).toHaveLength(400);
      expect(images[0].entry.path).toBe('credo-rays/4574373.png');
      expect(new Set(images.map(({ entry }) => entry.path.split('.').pop()))).toEqual(new Set(['png']));
      const bytes = Buffer.from(await (await images[399].entry.read()).arrayBuffer());
      const detections = JSON.parse(await file.text()).detections;
      expect(bytes).toEqual(Buffer.from(detections[399].frame_content, 'base64'));
      const lines = fileOf(new Uint8Array(readShared('data/credo-rays.es.ndjson')), 'credo.ndjson');
      expect((await sniffJson(lines)).shape.kind).toBe('elasticdump');
      expect((await imagesOf(lines))[0].entry.path).toBe('credo/5162513.png');
    },
  );
});
