const METHODS = ['put', 'add', 'delete'] as const;

/** Makes IndexedDB writes fail from the n-th on (`dead`) or only the n-th; answers the count so far and the way back. */
export function failWrites(
  nth: number,
  error: () => Error,
  { dead }: { dead: boolean },
): { writes: () => number; restore: () => void } {
  const prototype = IDBObjectStore.prototype;
  const originals = METHODS.map((name) => prototype[name]);
  let writes = 0;
  for (const [i, name] of METHODS.entries())
    Object.assign(prototype, {
      [name](this: IDBObjectStore, ...args: unknown[]): unknown {
        writes++;
        if (writes === nth || (dead && writes > nth)) throw error();
        return Reflect.apply(originals[i], this, args);
      },
    });
  return {
    writes: () => writes,
    restore: () => METHODS.forEach((name, i) => Object.assign(prototype, { [name]: originals[i] })),
  };
}
