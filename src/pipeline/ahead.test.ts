import { describe, expect, it } from 'vitest';
import { mapAhead, withPauses } from './ahead';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function* numbers(count: number, failAt = -1): AsyncGenerator<number> {
  for (let i = 0; i < count; i++) {
    if (i === failAt) throw new Error('source');
    yield i;
  }
}

describe('mapAhead', () => {
  it('keeps the order and the limit', async () => {
    let busy = 0;
    let most = 0;
    const answers: number[] = [];
    const work = async (i: number): Promise<number> => {
      most = Math.max(most, ++busy);
      await sleep((i * 13) % 7);
      busy--;
      return i * 2;
    };
    for await (const answer of mapAhead(numbers(30), () => 4, work)) answers.push(answer);
    expect(answers).toEqual(Array.from({ length: 30 }, (_, i) => i * 2));
    expect(most).toBe(4);
  });

  it('works ahead while the consumer is busy', async () => {
    let started = 0;
    const ahead = mapAhead(
      numbers(10),
      () => 3,
      async (i) => (started++, i),
    );
    await ahead.next();
    await sleep(5);
    expect(started).toBe(4);
    await ahead.return(undefined);
  });

  it('throws an error of the work in its place', async () => {
    const answers: number[] = [];
    const run = async (): Promise<void> => {
      const work = async (i: number): Promise<number> => {
        if (i === 3) throw new Error('work');
        await sleep(5 - i);
        return i;
      };
      for await (const answer of mapAhead(numbers(10), () => 5, work)) answers.push(answer);
    };
    await expect(run()).rejects.toThrow('work');
    expect(answers).toEqual([0, 1, 2]);
  });

  it('throws an error of the source after the answers before it', async () => {
    const answers: number[] = [];
    const run = async (): Promise<void> => {
      for await (const answer of mapAhead(
        numbers(10, 2),
        () => 5,
        async (i) => i,
      ))
        answers.push(answer);
    };
    await expect(run()).rejects.toThrow('source');
    expect(answers).toEqual([0, 1]);
  });

  it('stops the source when the consumer leaves', async () => {
    let pulled = 0;
    async function* endless(): AsyncGenerator<number> {
      for (;;) yield pulled++;
    }
    for await (const answer of mapAhead(
      endless(),
      () => 2,
      async (i) => i,
    ))
      if (answer === 5) break;
    const before = pulled;
    await sleep(5);
    expect(pulled).toBe(before);
  });

  it('gives nothing for nothing', async () => {
    expect(
      await mapAhead(
        numbers(0),
        () => 2,
        async (i) => i,
      ).next(),
    ).toEqual({ done: true, value: undefined });
  });
});

describe('withPauses', () => {
  it('says once that nothing comes, and goes on', async () => {
    async function* slowly(): AsyncGenerator<number> {
      yield 1;
      yield 2;
      await sleep(60);
      yield 3;
    }
    const seen: (number | null)[] = [];
    for await (const item of withPauses(slowly(), 0.01)) seen.push(item);
    expect(seen).toEqual([1, 2, null, 3]);
  });

  it('passes errors on, and can be left while nothing comes', async () => {
    const failing = withPauses(numbers(3, 1), 1);
    expect(await failing.next()).toEqual({ value: 0, done: false });
    await expect(failing.next()).rejects.toThrow('source');
    async function* never(): AsyncGenerator<number> {
      await new Promise(() => undefined);
      yield 1;
    }
    const stuck = withPauses(never(), 0.01);
    expect(await stuck.next()).toEqual({ value: null, done: false });
    expect(await stuck.return(undefined)).toMatchObject({ done: true });
  });
});
