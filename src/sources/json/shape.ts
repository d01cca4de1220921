import type { JsonShape } from '../../domain/records';

export type { JsonShape } from '../../domain/records';

/** Whether records are values of the file itself, one behind the other. */
export function isLines({ kind }: JsonShape): boolean {
  return kind === 'lines' || kind === 'elasticdump' || kind === 'bulk';
}
