import { MOST_TIMINGS, type Timing } from '../../domain/timing';
import type { Fields } from '../fields';

/** The times of runs, rebuilt field by field. Throws a sentence for what is wrong. */
export function readTimings(from: Fields, key: string): Timing[] {
  const items = from.list(key);
  if (items.length > MOST_TIMINGS) throw from.wrong(key, `a list of at most ${MOST_TIMINGS} runs`);
  return items.map(readTiming);
}

function readTiming(from: Fields): Timing {
  const most = Number.MAX_SAFE_INTEGER;
  return {
    kind: from.oneOf('kind', ['cluster', 'embed']),
    at: from.number('at'),
    n: from.integer('n', 1, most),
    seconds: from.number('seconds'),
    engine: from.text('engine'),
    device: from.text('device'),
    network: from.text('network'),
    d: from.integer('d', 0, most),
    kMin: from.integer('kMin', 0, most),
    kMax: from.integer('kMax', 0, most),
    starts: from.integer('starts', 0, most),
    browser: from.text('browser'),
  };
}
