import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import golden from '../../test/golden/exif.json';
import { readFacts } from './exif';
import { exifBlocks } from './exif-blocks';
import { sniff } from './sniff';

const bytesOf = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(golden.find((entry) => entry.name === name)!.file, 'base64'));
const factsOf = (bytes: Uint8Array): unknown => readFacts(bytes, sniff(bytes)!);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The structure within a file, shared with it. */
function blockOf(bytes: Uint8Array): Uint8Array {
  const [[from, to]] = exifBlocks(bytes, sniff(bytes)!);
  return bytes.subarray(from, to);
}

function indexOf(bytes: Uint8Array, wanted: ArrayLike<number>): number {
  const found = bytes.findIndex((_, i) => Array.from(wanted).every((byte, j) => bytes[i + j] === byte));
  expect(found).toBeGreaterThanOrEqual(0);
  return found;
}

describe('what Pillow reads of the same files', () => {
  it.each(golden)('$name', ({ name, facts }) => {
    const found = factsOf(bytesOf(name)) as Record<string, unknown>;
    expect(Object.keys(found).sort()).toEqual(Object.keys(facts).sort());
    for (const [key, value] of Object.entries(facts))
      if (typeof value === 'number') expect(found[key]).toBeCloseTo(value, 10);
      else expect(found[key]).toBe(value);
  });
});

it('is null where there is nothing', () => {
  const jpeg = bytesOf('camera only.jpg');
  const [[from, to]] = exifBlocks(jpeg, 'jpeg');
  expect(factsOf(new Uint8Array([...jpeg.slice(0, from - 10), ...jpeg.slice(to)]))).toBeNull();
  expect(readFacts(new Uint8Array(), 'gif')).toBeNull();
});

it('reads names as they are found: UTF-8, Latin-1, with control characters', () => {
  for (const [written, read] of [
    [utf8('Łódź\0'), 'Łódź'],
    [new Uint8Array([0x43, 0x61, 0x66, 0xe9, 0, 0x58]), 'Café'],
    [utf8('a\tb\n\0'), 'a b'],
  ] as const) {
    const bytes = bytesOf('camera only.jpg');
    const at = indexOf(bytes, utf8('Canon EOS 90D\0'));
    bytes.fill(0, at, at + 14).set(written, at);
    expect(factsOf(bytes)).toMatchObject({ model: read });
  }
});

it('takes speeds beyond 16 bits from their own field', () => {
  const bytes = bytesOf('little-endian.jpg');
  const speed = indexOf(bytes, [0x27, 0x88, 3, 0]);
  bytes.set([0xff, 0xff], speed + 8);
  // The field of the focal length becomes the recommended exposure index, a LONG.
  bytes.set([0x32, 0x88, 4, 0, 1, 0, 0, 0, 0x00, 0x90, 0x01, 0x00], indexOf(bytes, [0x0a, 0x92, 5, 0]));
  expect(factsOf(bytes)).toMatchObject({ iso: 102_400 });
});

describe('damage', () => {
  it('leaves out what is missing of a structure that is cut, wherever that is', () => {
    const whole = golden.find(({ name }) => name === 'big-endian.jpg')!.facts as Record<string, unknown>;
    const bytes = bytesOf('big-endian.jpg');
    const [[, to]] = exifBlocks(bytes, 'jpeg');
    for (let end = 0; end <= to; end++) {
      const facts = (readFacts(bytes.subarray(0, end), 'jpeg') ?? {}) as Record<string, unknown>;
      // Half of an angle, or of a text, is not taken for the whole.
      for (const [key, value] of Object.entries(facts))
        if (typeof value === 'number')
          expect([value, -value, 1686980529000, 1686980529250]).toContainEqual(value);
        else expect(whole[key]).toBe(value);
    }
  });

  it('ends with directories that point at themselves', () => {
    const bytes = bytesOf('little-endian.jpg');
    const block = blockOf(bytes);
    const shot = indexOf(block, [0x69, 0x87, 4, 0]);
    const own = block.slice();
    own.set([8, 0, 0, 0], shot + 8);
    expect(readFacts(own, 'tiff')).toMatchObject({ make: 'Canon', latitude: 50.061425 });
    const after = 10 + 12 * block[8];
    block.set([8, 0, 0, 0], after);
    expect(factsOf(bytes)).toMatchObject({ make: 'Canon', iso: 400 });
  });

  it('reads a directory that names the same megabytes in every field without reading them', () => {
    const count = 65_535;
    const bytes = new Uint8Array(10 + 12 * count + (8 << 20));
    const view = new DataView(bytes.buffer);
    bytes.set([0x49, 0x49, 42, 0, 8]);
    view.setUint16(8, count, true);
    for (let i = 0; i < count; i++) {
      const at = 10 + 12 * i;
      view.setUint16(at, i, true);
      view.setUint16(at + 2, 2, true);
      view.setUint32(at + 4, 8 << 20, true);
      view.setUint32(at + 8, 10 + 12 * count, true);
    }
    const start = performance.now();
    expect(readFacts(bytes, 'tiff')).toBeNull();
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('never throws and never says what cannot be: bytes changed, random bytes', () => {
    const attempt = (bytes: Uint8Array, format = sniff(bytes)): void => {
      const facts = format && readFacts(bytes, format);
      for (const value of Object.values(facts ?? {}))
        expect(typeof value === 'string' ? value.length : Number.isFinite(value)).toBeTruthy();
      expect(Math.abs(facts?.latitude ?? 0)).toBeLessThanOrEqual(90);
      expect(Math.abs(facts?.longitude ?? 0)).toBeLessThanOrEqual(180);
    };
    const change = fc.tuple(fc.nat(), fc.nat(255));
    fc.assert(
      fc.property(
        fc.constantFrom(...golden),
        fc.array(change, { minLength: 1, maxLength: 8 }),
        ({ file }, changes) => {
          const bytes = new Uint8Array(Buffer.from(file, 'base64'));
          for (const [at, byte] of changes) bytes[at % Math.min(900, bytes.length)] = byte;
          attempt(bytes);
        },
      ),
      { numRuns: 2000 },
    );
    const head = fc.constantFrom(
      [0x49, 0x49, 42, 0, 8, 0, 0, 0],
      [0x4d, 0x4d, 0, 42, 0, 0, 0, 8],
      [0x49, 0x49, 43, 0, 8, 0, 0, 0],
    );
    fc.assert(
      fc.property(head, fc.uint8Array({ maxLength: 300 }), (start, rest) =>
        attempt(new Uint8Array([...start, ...rest]), 'tiff'),
      ),
      { numRuns: 1000 },
    );
  });
});
