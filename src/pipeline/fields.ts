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
