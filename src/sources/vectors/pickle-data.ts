import { PickleBytes } from './pickle-reader';

/** A dictionary, in order. */
export class PickleDict {
  readonly entries: [PickleValue, PickleValue][] = [];

  get(key: string): PickleValue | undefined {
    return this.entries.find(([name]) => name === key)?.[1];
  }
}

/** A class or function by name, out of a short list. */
export class PickleName {
  constructor(readonly name: string) {}
}

/** What a pickle asks to be called, and with what; nothing ever is called here. */
export class PickleCall {
  state: PickleValue = null;
  /** What was put into it, for subclasses of list and dict. */
  readonly items = new PickleDict();

  constructor(
    readonly name: string,
    readonly args: PickleValue[],
  ) {}
}

export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | PickleBytes
  | PickleValue[]
  | PickleDict
  | PickleName
  | PickleCall;

/** A text, also one that Python 2 wrote as bytes. */
export function textOf(value: PickleValue | undefined): string {
  if (typeof value === 'string') return value;
  if (value instanceof PickleBytes && value.inline) return new TextDecoder().decode(value.inline);
  return '';
}
