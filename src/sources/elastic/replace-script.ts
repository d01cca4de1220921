/**
 * Painless: puts `params.result` at the place that `params.above` and `params.name` lead to, whatever stood there; objects on the way are
 * made. The same again changes nothing. What differs between documents is in the parameters, so that a server compiles it once.
 */
export const REPLACE = [
  'def at = ctx._source;',
  'for (key in params.above) { if (!(at[key] instanceof Map)) { at[key] = [:]; } at = at[key]; }',
  "if (params.result.equals(at[params.name])) { ctx.op = 'none'; } else { at[params.name] = params.result; }",
].join(' ');

/** The body of an update that replaces what stands under a prefix (its keys, from the outside) by a result. */
export function replaceScript(keys: readonly string[], result: object): object {
  const params = { above: keys.slice(0, -1), name: keys.at(-1), result };
  return { script: { lang: 'painless', source: REPLACE, params } };
}
