/** An answer that is an error, in the form that the servers give. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    reason: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(reason);
  }

  get body(): object {
    const cause = { type: this.type, reason: this.message };
    return { error: { root_cause: [cause], ...cause }, status: this.status };
  }
}

export const illegal = (reason: string): Refusal => new Refusal(400, 'illegal_argument_exception', reason);
export const unparsable = (reason: string): Refusal => new Refusal(400, 'parsing_exception', reason);

/** Refuses keys that the API does not know. */
export function onlyKeys(value: object, known: readonly string[], where: string): void {
  for (const key of Object.keys(value))
    if (!known.includes(key)) throw unparsable(`unknown key [${key}] in [${where}]`);
}
