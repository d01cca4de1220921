import { describe, expect, it } from 'vitest';
import { fetchShared, hasShared } from '../../test/shared.browser';
import type { RgbImage } from '../domain/image';
import { decodeImage } from './decode';
import { ImageError } from './types';

interface Case {
  file: string;
  expected: 'decode' | 'first-frame' | 'skip' | 'either';
  chromium: string;
}

/** Longer than the slowest of them takes; a hang would fail here and not in the runner. */
const LIMIT_MS = 40_000;

async function readCases(): Promise<Case[]> {
  const text = new TextDecoder().decode(await fetchShared('data/badinput/expected.tsv'));
  const [head, ...lines] = text
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  return lines.map((cells) => {
    const cell = (name: string) => cells[head.indexOf(name)];
    return {
      file: cell('file'),
      expected: cell('expected') as Case['expected'],
      chromium: cell('chromium'),
    };
  });
}

async function attempt(file: string): Promise<RgbImage | ImageError> {
  const bytes = await fetchShared(`data/badinput/${file}`);
  const limit = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error(`${file} hangs`)), LIMIT_MS),
  );
  try {
    return await Promise.race([decodeImage(bytes), limit]);
  } catch (error) {
    if (error instanceof ImageError) return error;
    throw error;
  }
}

const describeOutcome = (outcome: RgbImage | ImageError) =>
  outcome instanceof ImageError ? outcome.skip : `${outcome.width}x${outcome.height}`;

describe.skipIf(!hasShared)('awkward and broken files (needs shared data/badinput)', () => {
  it('decodes what can be decoded, at its size, and skips the rest with a reason', async () => {
    const cases = await readCases();
    expect(cases).toHaveLength(120);
    const wrong: string[] = [];
    for (const { file, expected, chromium } of cases) {
      const outcome = await attempt(file);
      const got = describeOutcome(outcome);
      const decoded = !(outcome instanceof ImageError);
      const fine =
        expected === 'skip'
          ? !decoded
          : expected === 'either' || (decoded && (chromium === 'refuses' || got === chromium));
      if (decoded) expect(outcome.data.length).toBe(outcome.width * outcome.height * 3);
      if (!fine) wrong.push(`${file}: ${JSON.stringify(got)}, expected ${expected} ${chromium}`);
    }
    expect(wrong).toEqual([]);
  });
});
