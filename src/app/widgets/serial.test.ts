import { describe, expect, it } from 'vitest';
import { createSerial } from './serial';

describe('serial', () => {
  it('runs one job at a time, in order, also after a failure', async () => {
    const serial = createSerial();
    const { signal } = new AbortController();
    const log: string[] = [];
    const job = (name: string) => async (): Promise<string> => {
      log.push(`+${name}`);
      await Promise.resolve();
      log.push(`-${name}`);
      if (name === 'b') throw new Error('b failed');
      return name;
    };
    const results = await Promise.allSettled(['a', 'b', 'c'].map((name) => serial(job(name), signal)));
    expect(log).toEqual(['+a', '-a', '+b', '-b', '+c', '-c']);
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('skips a job that was given up before its turn', async () => {
    const serial = createSerial();
    const given = new AbortController();
    let release = (): void => undefined;
    const first = serial(
      () => new Promise<void>((resolve) => (release = resolve)),
      new AbortController().signal,
    );
    let ran = false;
    const second = serial(async () => void (ran = true), given.signal);
    given.abort();
    await Promise.resolve();
    release();
    await first;
    await expect(second).rejects.toThrow('abort');
    expect(ran).toBe(false);
  });
});
