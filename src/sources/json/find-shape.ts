import { cannotRead } from '../fault';
import { bulkAction } from './envelope';
import { pictureIn } from './picture';
import { RecordCollector, TextPlace } from './record';
import type { JsonShape } from './shape';
import { JsonFault, JsonTokenizer, type JsonHandler } from './tokenizer';

const LINES: JsonShape = { kind: 'lines', path: [] };

/**
 * How a JSON file holds its records, told from its first bytes; `whole` says that there are no more. Errors: `read-file`
 * when there are no records in them.
 */
export function findShape(name: string, head: Uint8Array, whole: boolean): JsonShape {
  const finder = new Finder();
  const collector = new RecordCollector(LINES, () => true);
  const tokenizer = new JsonTokenizer(both(finder, collector));
  let fault: JsonFault | null = null;
  try {
    tokenizer.push(head);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    fault = error;
  }
  if (finder.top === 'array') return { kind: 'array', path: [] };
  const [first, second] = collector.done;
  if (second || (first && fault)) {
    if (bulkAction(first.fields)) return { kind: 'bulk', path: [] };
    return first.fields.get('_source') instanceof Map ? { kind: 'elasticdump', path: [] } : LINES;
  }
  const single = first && (whole || finder.paths.length === 0);
  const holdsPicture = single && [...first.fields.values()].some(isPicture);
  const path = finder.paths.find((keys) => keys.join('.') === 'hits.hits') ?? finder.paths.at(0);
  if (path && !holdsPicture) return { kind: path.join('.') === 'hits.hits' ? 'search' : 'object', path };
  if (single) return first.fields.get('_source') instanceof Map ? { kind: 'elasticdump', path: [] } : LINES;
  // Only the first line may be damaged.
  if (fault && finder.top === 'object' && head.indexOf(0x0a) >= 0) return LINES;
  if (fault) throw cannotRead(name, `line ${fault.line}, byte ${fault.at}`, fault.message, fault);
  throw cannotRead(name, 'its beginning', 'it holds no array of records and no lines with a record each');
}

function isPicture(value: unknown): boolean {
  return value instanceof TextPlace && pictureIn(value.head) !== null;
}

/** Looks for arrays of objects that are reached through objects only. */
class Finder implements JsonHandler {
  top: 'array' | 'object' | null = null;
  readonly paths: string[][] = [];
  private readonly stack: { array: boolean; key: string }[] = [];

  open(array: boolean): void {
    this.top ??= array ? 'array' : 'object';
    const above = this.stack.slice(0, -1);
    if (!array && this.stack.at(-1)?.array && above.every((frame) => !frame.array)) {
      const path = above.map(({ key }) => key);
      if (!this.paths.some((known) => known.join('\0') === path.join('\0'))) this.paths.push(path);
    }
    this.stack.push({ array, key: '' });
  }

  close(): void {
    this.stack.pop();
  }

  key(name: string): void {
    this.stack.at(-1)!.key = name;
  }

  text(): void {}

  scalar(): void {}
}

function both(a: JsonHandler, b: JsonHandler): JsonHandler {
  return {
    open(array, at, line) {
      a.open(array, at, line);
      b.open(array, at, line);
    },
    close(array, end) {
      a.close(array, end);
      b.close(array, end);
    },
    key(name) {
      a.key(name);
      b.key(name);
    },
    text: (text) => b.text(text),
    scalar: (value, at, line) => b.scalar(value, at, line),
  };
}
