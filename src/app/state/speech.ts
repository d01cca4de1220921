export interface Spoken {
  fraction: number;
  at: number;
}

const STEP = 0.1;
const MOST_MS = 15_000;
const LEAST_MS = 4_000;

/**
 * Whether progress should be spoken again: every tenth, or every 15 s, but never more often than a sentence takes.
 * `last` is null before the first.
 */
export function shouldSpeak(last: Spoken | null, now: Spoken): boolean {
  if (last === null) return true;
  const waited = now.at - last.at;
  const moved = now.fraction - last.fraction;
  return waited >= LEAST_MS && (moved >= STEP - 1e-9 || (moved > 0 && waited >= MOST_MS));
}
