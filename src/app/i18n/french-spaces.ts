/** The spaces that French sets before some marks and within quotes, as ones at which no line is broken. */
export function unbroken(text: string): string {
  return text
    .replace(/ (?=[;?!](?:\s|$))/g, '\u202f')
    .replace(/ (?=:(?:\s|$)|»)/g, '\u00a0')
    .replace(/« /g, '«\u00a0');
}

/** Messages whose texts, and the texts that their functions give, have such spaces. */
export function withUnbrokenSpaces<T>(messages: T): T {
  return spaced(messages) as T;
}

function spaced(value: unknown): unknown {
  if (typeof value === 'string') return unbroken(value);
  if (typeof value === 'function')
    return (...args: unknown[]): unknown => {
      const answer: unknown = (value as (...args: unknown[]) => unknown)(...args);
      return typeof answer === 'string' ? unbroken(answer) : answer;
    };
  if (Array.isArray(value)) return value.map(spaced);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, spaced(part)]));
}
