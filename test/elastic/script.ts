/** What a script does to a copy of the `_source` of a document; false: nothing (`ctx.op` is none). */
export type Script = (source: Record<string, unknown>, params: Record<string, unknown>) => boolean;

/** What the script of the write-back says in Painless, as the specification of that language has it. */
export const runReplace: Script = (source, { above, name, result }) => {
  let at = source;
  for (const key of above as string[]) at = (at[key] ??= {}) as Record<string, unknown>;
  if (JSON.stringify(at[name as string]) === JSON.stringify(result)) return false;
  at[name as string] = result;
  return true;
};
