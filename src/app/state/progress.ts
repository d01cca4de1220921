import type { Counts } from '../../domain/project';

/** Share of the files that need nothing more, 0..1; missing ones wait for the person, not for the machine. */
export function doneFraction({ announced, waiting, missing }: Counts): number {
  const all = announced - missing;
  return all > 0 ? (all - waiting) / all : 0;
}

/** What the parts of the count add up to. */
export function sumOfParts(c: Counts): number {
  return c.waiting + c.embedded + c.duplicates + c.skipped + c.missing;
}
