import type { Skip } from '../../domain/files';
import type { Shell } from './messages';

/** The sentences that the readers of archives write, and what each language calls them; the groups are its arguments. */
const WRITTEN: readonly (readonly [RegExp, keyof Shell['skipDetails']])[] = [
  [/^encrypted$/, 'encrypted'],
  [/^an archive within an archive$/, 'nested'],
  [/^a link$/, 'link'],
  [/^a sparse file, /, 'sparse'],
  [/^a device, not a file$/, 'device'],
  [/^packed by (.+), which is not unpacked here$/, 'packed'],
  [/^unpacks to (\d+) bytes$/, 'large'],
  [/^unpacks to (\d+) times its size$/, 'dense'],
  [/^the archive unpacks to more than (\d+) bytes$/, 'heavy'],
  [/^its bytes are also those of another entry$/, 'shared'],
  [/^more than (\d+) entries, the others are left out$/, 'many'],
  [/^it is cut short$/, 'cut'],
  [/^it is cut short at byte (\d+)$/, 'cutAt'],
  [/^it is cut short in (.+)$/, 'cutIn'],
  [/^it is damaged at byte (\d+); what follows is left out$/, 'damagedAt'],
  [/^the bytes kept of it are gone$/, 'gone'],
];

/** Why a file was skipped, in the language of `shell`. What a decoder, a server or the browser said stays in its own words. */
export function skipReason({ skips, skipDetails }: Shell, { code, detail }: Skip): string {
  return detail ? `${skips[code]} (${translated(skipDetails, detail)})` : skips[code];
}

function translated(details: Shell['skipDetails'], detail: string): string {
  for (const [pattern, key] of WRITTEN) {
    const found = pattern.exec(detail);
    // Those without a group take no argument.
    if (found) return details[key](found[1] ?? '');
  }
  return detail;
}
