/** Collects the different texts of a column; the first is ''. */
export class Words {
  readonly list: string[] = [''];
  private readonly codes = new Map<string, number>([['', 0]]);

  code(text: string): number {
    const known = this.codes.get(text);
    if (known !== undefined) return known;
    const own = detached(text);
    this.codes.set(own, this.list.length);
    return this.list.push(own) - 1;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const scratch = new Uint8Array(3 * 4096);

/** A copy of its own: a piece of a longer text keeps the whole of that in memory (V8 slices from 13 characters on). */
function detached(text: string): string {
  if (text.length < 13 || text.length > 4096) return text;
  const { written } = encoder.encodeInto(text, scratch);
  return decoder.decode(scratch.subarray(0, written));
}
