import type { StoreNames, StoreValue } from 'idb';
import { database } from './open';
import type { TesseraSchema } from './schema';

/** Records read at once: enough to keep the disk busy, little enough to keep memory flat. */
const PAGE = 32;

type Listed = Exclude<StoreNames<TesseraSchema>, 'projects' | 'tallies'>;

/** All records of a store whose keys begin with `prefix`, in order of their keys, some at a time. */
export async function* pages<S extends Listed>(
  store: S,
  ...prefix: (string | number)[]
): AsyncGenerator<{ key: TesseraSchema[S]['key']; value: StoreValue<TesseraSchema, S> }> {
  let after: IDBValidKey = prefix;
  for (;;) {
    const range = IDBKeyRange.bound(after, [...prefix, []], after !== prefix);
    const source = (await database()).transaction(store).store;
    const [keys, values] = await Promise.all([source.getAllKeys(range, PAGE), source.getAll(range, PAGE)]);
    for (const [i, value] of values.entries()) yield { key: keys[i], value };
    if (keys.length < PAGE) return;
    after = keys[keys.length - 1] as IDBValidKey;
  }
}

/** The keys alone. */
export async function* pagesOfKeys<S extends Listed>(
  store: S,
  ...prefix: (string | number)[]
): AsyncGenerator<TesseraSchema[S]['key']> {
  const many = 32 * PAGE;
  let after: IDBValidKey = prefix;
  for (;;) {
    const range = IDBKeyRange.bound(after, [...prefix, []], after !== prefix);
    const keys = await (await database()).getAllKeys(store, range, many);
    yield* keys;
    if (keys.length < many) return;
    after = keys[keys.length - 1] as IDBValidKey;
  }
}
