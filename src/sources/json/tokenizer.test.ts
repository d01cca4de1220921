import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonFault, JsonTokenizer, MAX_TEXT, type JsonHandler, type JsonText } from './tokenizer';

/** Builds the values again, as JSON.parse would. */
class Builder implements JsonHandler {
  readonly values: unknown[] = [];
  readonly places: [number, number][] = [];
  private readonly stack: { into: unknown[] | Record<string, unknown>; key: string }[] = [];

  open(array: boolean): void {
    const into = array ? [] : {};
    this.add(into);
    this.stack.push({ into, key: '' });
  }
  close(): void {
    this.stack.pop();
  }
  key(name: string): void {
    this.stack.at(-1)!.key = name;
  }
  text(text: JsonText): void {
    this.places.push([text.start, text.end]);
    this.add(text.read());
  }
  scalar(value: unknown): void {
    this.add(value);
  }
  private add(value: unknown): void {
    const top = this.stack.at(-1);
    if (!top) this.values.push(value);
    else if (Array.isArray(top.into)) top.into.push(value);
    else Object.defineProperty(top.into, top.key, { value, enumerable: true, configurable: true });
  }
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function parse(bytes: Uint8Array, cuts: readonly number[] = []): Builder {
  const builder = new Builder();
  const tokenizer = new JsonTokenizer(builder);
  let from = 0;
  for (const cut of [...cuts.map((c) => c % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
    tokenizer.push(bytes.slice(from, cut));
    from = cut;
  }
  tokenizer.end();
  return builder;
}

function faultOf(text: string): JsonFault {
  try {
    parse(bytesOf(text));
  } catch (error) {
    if (error instanceof JsonFault) return error;
  }
  throw new Error(`no fault in ${text}`);
}

describe('JsonTokenizer', () => {
  it('reads what JSON.parse reads, wherever the pieces are cut', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.array(fc.nat(), { maxLength: 12 }),
        fc.boolean(),
        (value, cuts, pretty) => {
          const text = JSON.stringify(value, null, pretty ? 1 : 0);
          expect(parse(bytesOf(text), cuts).values).toEqual([JSON.parse(text)]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('reads byte by byte: escapes, surrogates and characters of four bytes', () => {
    const text =
      '{"a\\u00e9\\"":"x\\/y\\\\\\n\\ud83e\\udd8b🦋é","n":[-1.5e3,0,true,false,null,NaN,-Infinity]}';
    const bytes = bytesOf(text);
    const all = Array.from(bytes, (_, i) => i);
    expect(parse(bytes, all).values).toEqual([
      { 'aé"': 'x/y\\\n🦋🦋é', n: [-1500, 0, true, false, null, null, null] },
    ]);
  });

  it('tells where texts are between their quotes', () => {
    const bytes = bytesOf('["é","a\\"b",""]');
    expect(parse(bytes, [3, 8]).places.map(([a, b]) => new TextDecoder().decode(bytes.slice(a, b)))).toEqual([
      'é',
      'a\\"b',
      '',
    ]);
  });

  it('keeps whole numbers beyond 2^53 as text', () => {
    expect(parse(bytesOf('[9007199254740991,9007199254740993,1e300]')).values).toEqual([
      [9007199254740991, '9007199254740993', 1e300],
    ]);
  });

  it('knows long texts by their place alone', () => {
    const text = 'x'.repeat(MAX_TEXT + 1);
    for (const cuts of [[], [10, 70_000], [66_000]]) {
      const built = parse(bytesOf(JSON.stringify([text, text.slice(1)])), cuts);
      expect(built.values).toEqual([[null, text.slice(1)]]);
    }
  });

  it.each([
    ['{"a":1,}', 'a field name'],
    ['[1 2]', 'a comma or the end'],
    ['[1,]', 'a value'],
    ['{"a" 1}', 'a colon'],
    ['{a:1}', 'a field name or }'],
    ['[}', 'a value or ]'],
    ['[01]', 'neither a number'],
    ['[tru]', 'neither a number'],
    ['["a\nb"]', 'not closed'],
    ['["\\x"]', 'wrong escape'],
    ['["a', 'in the middle'],
    [']', 'a value'],
    ['['.repeat(65), 'deep'],
    [`[${'1'.repeat(500)}]`, '400'],
  ])('refuses %j', (text, reason) => {
    expect(faultOf(text).message).toContain(reason);
  });

  it('counts lines and bytes', () => {
    const { line, at } = faultOf('[\n  1,\n  oops\n]');
    expect([line, at]).toEqual([3, 13]);
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(() => parse(new Uint8Array([0x22, 0xff, 0x22]))).toThrow(JsonFault);
  });
});
