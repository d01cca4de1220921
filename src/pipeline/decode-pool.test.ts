import { describe, expect, it } from 'vitest';
import { DecodePool, type DecodePort } from './decode-pool';
import type { Prepared } from './prepare';

const TARGET = { width: 1, height: 1, resize: 'squash' } as const;
const answer = (name: string): Prepared => ({ skip: { code: 'unsupported', detail: name } });
const file = (name: string): Blob => Object.assign(new Blob([name]), { label: name });

/** Ports that answer by the file's label; counts those open and the most files at once. */
function ports(act: (label: string) => Promise<Prepared>) {
  const seen = { open: 0, spawned: 0, busy: 0, most: 0 };
  const spawn = (): DecodePort => {
    seen.open++;
    seen.spawned++;
    return {
      ready: Promise.resolve(),
      prepare: async (original) => {
        seen.most = Math.max(seen.most, ++seen.busy);
        return act((original as Blob & { label: string }).label).finally(() => seen.busy--);
      },
      close: () => void seen.open--,
    };
  };
  return { seen, spawn };
}

describe('DecodePool', () => {
  it('gives every file its own answer, with no more at once than there are decoders', async () => {
    const { seen, spawn } = ports(async (label) => {
      await new Promise((resolve) => setTimeout(resolve, label.length));
      return answer(label);
    });
    const pool = new DecodePool(spawn, 3);
    const names = Array.from({ length: 40 }, (_, i) => 'x'.repeat((i * 7) % 11) + i);
    const answers = await Promise.all(names.map((name) => pool.prepare(file(name), TARGET)));
    expect(answers).toEqual(names.map(answer));
    expect(seen).toMatchObject({ spawned: 3, most: 3 });
    pool.close();
    expect(seen.open).toBe(0);
  });

  it('skips the file whose decoder dies, replaces it, and goes on', async () => {
    const { seen, spawn } = ports(async (label) => {
      if (label === 'deadly') throw new Error('the thread is gone');
      return answer(label);
    });
    const pool = new DecodePool(spawn, 1);
    const answers = await Promise.all(['a', 'deadly', 'b'].map((name) => pool.prepare(file(name), TARGET)));
    expect(answers).toEqual([
      answer('a'),
      { skip: { code: 'broken', detail: 'the thread is gone' } },
      answer('b'),
    ]);
    expect(seen).toMatchObject({ spawned: 2, open: 1 });
    pool.close();
  });

  it('skips the file whose decoder does not answer', async () => {
    const { seen, spawn } = ports((label) =>
      label === 'hangs' ? new Promise(() => undefined) : Promise.resolve(answer(label)),
    );
    const pool = new DecodePool(spawn, 1, 1);
    const answers = await Promise.all(['hangs', 'b'].map((name) => pool.prepare(file(name), TARGET)));
    expect(answers[0]).toEqual({ skip: { code: 'broken', detail: 'the decoder gave no answer in 1 s' } });
    expect(answers[1]).toEqual(answer('b'));
    expect(seen.open).toBe(1);
    pool.close();
  });
});
