import { PickleCall, PickleDict, PickleName, textOf, type PickleValue } from './pickle-data';
import { fixedValue, integerValue, lineValue } from './pickle-literals';
import { KNOWN } from './pickle-names';
import { PickleBytes, PickleReader } from './pickle-reader';

/** Values in one pickle: lists of numbers cost as much memory as the whole matrix many times over. */
const MAX_VALUES = 60_000_000;

/**
 * Reads a pickle of protocol 0 to 5 as data. It is a program for a small stack machine (PEP 3154, pickletools); here it
 * only builds lists, dictionaries and notes of calls; a name that is not on the list stops it.
 * Throws `PickleFault`.
 */
export async function readPickle(file: Blob): Promise<PickleValue> {
  return new Machine(new PickleReader(file)).run();
}

const MARK = Symbol('mark');
type Slot = PickleValue | typeof MARK;

class Machine {
  private readonly stack: Slot[] = [];
  private readonly memo = new Map<number, PickleValue>();
  private values = 0;

  constructor(private readonly input: PickleReader) {}

  async run(): Promise<PickleValue> {
    const { input } = this;
    for (;;) {
      if (!input.has(9)) await input.prefetch(9);
      const at = input.at;
      const code = input.u8();
      if (code === 0x2e) return this.pop();
      const value = fixedValue(code, input);
      if (value !== undefined) this.push(value);
      else if (!this.build(code)) await this.long(code, at);
    }
  }

  private push(value: Slot): void {
    if (++this.values > MAX_VALUES)
      throw this.input.fault(`more than ${MAX_VALUES} single values; save them as one NumPy array (.npy)`);
    this.stack.push(value);
  }

  private pop(): PickleValue {
    const value = this.stack.pop();
    if (value === undefined || value === MARK) throw this.input.fault('it is no pickle: its stack is empty');
    return value;
  }

  private top(): PickleValue {
    const value = this.pop();
    this.stack.push(value);
    return value;
  }

  /** What lies above the last mark. */
  private popMark(): PickleValue[] {
    const mark = this.stack.lastIndexOf(MARK);
    if (mark < 0) throw this.input.fault('it is no pickle: a mark is missing');
    const values = this.stack.splice(mark) as PickleValue[];
    values.shift();
    return values;
  }

  private popCount(count: number): PickleValue[] {
    const values = Array.from({ length: count }, () => this.pop());
    return values.reverse();
  }

  /** Codes that only move what is on the stack. Returns whether `code` was one. */
  private build(code: number): boolean {
    switch (code) {
      case 0x28: // MARK
        this.push(MARK);
        return true;
      case 0x30: // POP
        this.stack.pop();
        return true;
      case 0x31: // POP_MARK
        this.popMark();
        return true;
      case 0x32: // DUP
        this.push(this.top());
        return true;
      case 0x7d: // EMPTY_DICT
        this.push(new PickleDict());
        return true;
      case 0x5d: // EMPTY_LIST
      case 0x29: // EMPTY_TUPLE
      case 0x8f: // EMPTY_SET
        this.push([]);
        return true;
      case 0x6c: // LIST
      case 0x74: // TUPLE
      case 0x91: // FROZENSET
        this.push(this.popMark());
        return true;
      case 0x85:
      case 0x86:
      case 0x87: // TUPLE1, 2, 3
        this.push(this.popCount(code - 0x84));
        return true;
      case 0x61: // APPEND
        this.extend([this.pop()]);
        return true;
      case 0x65: // APPENDS
      case 0x90: // ADDITEMS
        this.extend(this.popMark());
        return true;
      case 0x64: // DICT
        this.push(this.setItems(new PickleDict(), this.popMark()));
        return true;
      case 0x73: // SETITEM
      case 0x75: {
        const items = code === 0x73 ? this.popCount(2) : this.popMark();
        const into = this.top();
        if (into instanceof PickleDict) this.setItems(into, items);
        else if (into instanceof PickleCall) this.setItems(into.items, items);
        else throw this.input.fault('it is no pickle: items without a dictionary');
        return true;
      }
      case 0x52: // REDUCE
      case 0x81: // NEWOBJ
        this.call(1);
        return true;
      case 0x92: // NEWOBJ_EX
        this.call(2);
        return true;
      case 0x62: {
        const state = this.pop();
        const object = this.top();
        if (!(object instanceof PickleCall))
          throw this.input.fault('it is no pickle: a state without an object');
        object.state = state;
        return true;
      }
      case 0x94: // MEMOIZE
        this.memo.set(this.memo.size, this.top());
        return true;
      case 0x93: {
        const [module, name] = this.popCount(2);
        this.push(this.named(textOf(module), textOf(name)));
        return true;
      }
      default:
        return false;
    }
  }

  /** Codes with something of any length behind them. */
  private async long(code: number, at: number): Promise<void> {
    const { input } = this;
    switch (code) {
      case 0x80: // PROTO
        if (input.u8() > 5) throw input.fault('its pickle protocol is newer than 5', at);
        return;
      case 0x95: // FRAME
        input.u64();
        return;
      case 0x58: // BINUNICODE, and the short and long ones
        return this.push(await input.text(input.u32()));
      case 0x8c:
        return this.push(await input.text(input.u8()));
      case 0x8d:
        return this.push(await input.text(input.u64()));
      case 0x42: // BINBYTES, and the short and long ones
      case 0x54: // BINSTRING
        return this.push(await input.run(input.u32()));
      case 0x43:
      case 0x55:
        return this.push(await input.run(input.u8()));
      case 0x8e:
      case 0x96: // BYTEARRAY8
        return this.push(await input.run(input.u64()));
      case 0x71: // BINPUT
        this.memo.set(input.u8(), this.top());
        return;
      case 0x72: // LONG_BINPUT
        this.memo.set(input.u32(), this.top());
        return;
      case 0x68: // BINGET
        return this.recall(input.u8());
      case 0x6a: // LONG_BINGET
        return this.recall(input.u32());
      case 0x8a: // LONG1
        return this.push(await integerValue(input.u8(), input));
      case 0x8b: // LONG4
        return this.push(await integerValue(input.u32(), input));
      default:
        return this.ascii(code, at);
    }
  }

  /** Codes of protocol 0: what they need is written out in a line. */
  private async ascii(code: number, at: number): Promise<void> {
    const { input } = this;
    if (!'ILFSVpgci'.includes(String.fromCharCode(code)))
      throw input.fault(REFUSED[code] ?? `byte ${code} is no instruction of a pickle`, at);
    const line = (await input.line()).replace(/\r$/, '');
    const value = lineValue(code, line, input);
    if (value !== undefined) return this.push(value);
    switch (String.fromCharCode(code)) {
      case 'p':
        this.memo.set(Number(line), this.top());
        return;
      case 'g':
        return this.recall(Number(line));
      default: {
        const name = this.named(line, await input.line());
        if (code === 0x69) this.push(new PickleCall(name.name, this.popMark()));
        else this.push(name);
      }
    }
  }

  private extend(values: PickleValue[]): void {
    const into = this.top();
    if (!Array.isArray(into)) throw this.input.fault('it is no pickle: items without a list');
    for (const value of values) into.push(value);
  }

  private setItems(into: PickleDict, items: PickleValue[]): PickleDict {
    if (items.length % 2 > 0) throw this.input.fault('it is no pickle: a key without a value');
    for (let i = 0; i < items.length; i += 2) {
      const key = items[i];
      into.entries.push([key instanceof PickleBytes ? textOf(key) : key, items[i + 1]]);
    }
    return into;
  }

  private call(argumentCount: number): void {
    const [callee, args] = this.popCount(1 + argumentCount);
    if (!(callee instanceof PickleName) || !Array.isArray(args))
      throw this.input.fault('it calls something that is not a function of NumPy or pandas');
    // How protocols 0 and 1 make an object: by its class, its base and nothing.
    const [made] = args;
    const isMaker = callee.name === 'reconstructor' && made instanceof PickleName;
    this.push(isMaker ? new PickleCall(made.name, []) : new PickleCall(callee.name, args));
  }

  private recall(index: number): void {
    const value = this.memo.get(index);
    if (value === undefined) throw this.input.fault('it is no pickle: it recalls what it did not store');
    this.push(value);
  }

  private named(module: string, name: string): PickleName {
    const known = KNOWN.get(`${module}.${name}`);
    if (!known)
      throw this.input.fault(
        `it holds an object of the class ${module}.${name}, and only lists, dictionaries, NumPy arrays and pandas tables of numbers are read; save the vectors as .npy`,
      );
    return new PickleName(known);
  }
}

const REFUSED: Record<number, string> = {
  0x50: 'it refers to objects outside the file',
  0x51: 'it refers to objects outside the file',
  0x82: 'it uses codes for classes, which are not followed',
  0x83: 'it uses codes for classes, which are not followed',
  0x84: 'it uses codes for classes, which are not followed',
  0x97: 'its buffers are outside the file (pickle protocol 5, out of band)',
};
