import type { PickleValue } from './pickle-data';
import { PickleBytes, type PickleReader } from './pickle-reader';

/** Values that are complete with a fixed number of bytes; undefined for all other codes. */
export function fixedValue(code: number, input: PickleReader): PickleValue | undefined {
  switch (code) {
    case 0x4e:
      return null;
    case 0x88:
      return true;
    case 0x89:
      return false;
    case 0x4a:
      return input.i32();
    case 0x4b:
      return input.u8();
    case 0x4d:
      return input.u16();
    case 0x47:
      return input.f64();
    default:
      return undefined;
  }
}

/** Values that protocol 0 writes out in a line, after the code; undefined for all other codes. */
export function lineValue(code: number, line: string, input: PickleReader): PickleValue | undefined {
  switch (String.fromCharCode(code)) {
    case 'I':
      return line === '00' ? false : line === '01' ? true : numberOf(line, input);
    case 'L':
      return numberOf(line.replace(/L$/, ''), input);
    case 'F':
      return /^[-+]?(inf|nan)/i.test(line)
        ? Number(line.replace(/inf.*/i, 'Infinity'))
        : numberOf(line, input);
    case 'S':
      return quoted(line);
    case 'V':
      return line.replace(/\\u([\da-f]{4})|\\U([\da-f]{8})/gi, (_, a, b) =>
        String.fromCodePoint(parseInt(a ?? b, 16)),
      );
    default:
      return undefined;
  }
}

/** An integer of `length` bytes, in two's complement. */
export async function integerValue(length: number, input: PickleReader): Promise<number> {
  const bytes = await input.run(length);
  if (!bytes.inline) throw input.fault('a number of more than 1,024 bytes');
  const negative = (bytes.inline.at(-1) ?? 0) > 127;
  let value = negative ? -(2 ** (8 * length)) : 0;
  bytes.inline.forEach((byte, i) => (value += byte * 2 ** (8 * i)));
  return value;
}

function numberOf(line: string, input: PickleReader): number {
  const value = Number(line);
  if (Number.isNaN(value) || line === '') throw input.fault(`"${line.slice(0, 40)}" is not a number`);
  return value;
}

/** A Python 2 string as its repr shows it, as bytes. */
function quoted(line: string): PickleBytes {
  const inner = line
    .slice(1, -1)
    .replace(/\\x([\da-f]{2})|\\(.)/gi, (_, hex, char) =>
      hex ? String.fromCharCode(parseInt(hex, 16)) : ({ n: '\n', r: '\r', t: '\t' }[char as string] ?? char),
    );
  const inline = Uint8Array.from(inner, (char) => char.charCodeAt(0));
  return new PickleBytes(0, inline.length, inline);
}
