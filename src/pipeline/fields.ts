/** The fields of a JSON object from a file, each checked as it is read; throws a sentence that names the wrong one. */
export class Fields {
  private readonly values: Record<string, unknown>;

  constructor(
    json: unknown,
    private readonly where: string,
  ) {
    if (typeof json !== 'object' || json === null) throw new Error(`${where} is not an object.`);
    this.values = json as Record<string, unknown>;
  }

  fields(key: string): Fields {
    return new Fields(this.values[key], `${this.where}: "${key}"`);
  }

  list(key: string): Fields[] {
    const value = this.values[key];
    if (!Array.isArray(value)) throw this.wrong(key, 'a list');
    return value.map((item, i) => new Fields(item, `${this.where}: "${key}" [${i}]`));
  }

  text(key: string): string {
    const value = this.values[key];
    if (typeof value !== 'string' || value.length > 1000) throw this.wrong(key, 'a text');
    return value;
  }

  number(key: string): number {
    const value = this.values[key];
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.wrong(key, 'a number');
    return value;
  }

  count(key: string): number {
    const value = this.number(key);
    if (!Number.isInteger(value) || value < 1 || value > 1e6)
      throw this.wrong(key, 'a whole number from 1 on');
    return value;
  }

  /** Whole, from `min` to `max`. */
  integer(key: string, min: number, max: number): number {
    const value = this.values[key];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max)
      throw this.wrong(key, `a whole number from ${min} to ${max}`);
    return value;
  }

  /** Any number of a float; those that JSON has no numeral for are written as their names. */
  real(key: string): number {
    const value = this.values[key];
    if (typeof value === 'number') return value;
    if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
    throw this.wrong(key, 'a number');
  }

  flag(key: string): boolean {
    const value = this.values[key];
    if (typeof value !== 'boolean') throw this.wrong(key, 'true or false');
    return value;
  }

  /** A text of at most `most` characters. */
  longText(key: string, most: number): string {
    const value = this.values[key];
    if (typeof value !== 'string' || value.length > most) throw this.wrong(key, 'a text');
    return value;
  }

  /** Whether the field is there. */
  has(key: string): boolean {
    return Object.hasOwn(this.values, key) && this.values[key] !== undefined;
  }

  /** The field read by `read`, or null where it is null. */
  orNull<T>(key: string, read: (key: string) => T): T | null {
    return this.values[key] === null ? null : read(key);
  }

  oneOf<T extends string>(key: string, allowed: readonly T[]): T {
    const value = this.values[key];
    const found = allowed.find((one) => one === value);
    if (!found) throw this.wrong(key, `one of ${allowed.join(', ')}`);
    return found;
  }

  triple(key: string): [number, number, number] {
    const value = this.values[key];
    if (!Array.isArray(value) || value.length !== 3 || !value.every(Number.isFinite))
      throw this.wrong(key, 'three numbers');
    return [Number(value[0]), Number(value[1]), Number(value[2])];
  }

  /** As it is. */
  value(key: string): unknown {
    return this.values[key];
  }

  wrong(key: string, expected: string): Error {
    return new Error(`${this.where}: "${key}" is not ${expected}.`);
  }
}
