import { describe, expect, it } from 'vitest';
import { zipSync } from 'fflate';
import { listArchive } from '../../sources/archive';
import { shell as en } from './en/shell';
import { shell as fr } from './fr/shell';
import { shell as ru } from './ru/shell';
import { skipReason } from './skip-reason';

const archive = (detail: string) => ({ code: 'archive', detail }) as const;

describe('the reason of a skipped file', () => {
  it('is in the language of the page, with the detail that the app wrote', () => {
    const bytes = archive('unpacks to 3000000000 bytes');
    expect(skipReason(en, bytes)).toBe(
      'The archive, or this part of it, could not be opened (unpacks to 3 GB)',
    );
    expect(skipReason(fr, archive('encrypted'))).toMatch(/\(chiffré\)$/);
    expect(skipReason(ru, archive('encrypted'))).toMatch(/\(зашифрован\)$/);
    expect(skipReason(fr, archive('packed by LZMA, which is not unpacked here'))).toContain('par LZMA, qui');
    expect(skipReason(ru, archive('unpacks to 2001 times its size'))).toMatch(/в 2\s001 раз\)$/);
    expect(skipReason(ru, archive('it is cut short in a/b.png'))).toContain('обрывается в a/b.png');
  });

  it('stays in the words of others where they said it, and needs no detail', () => {
    expect(skipReason(fr, { code: 'broken', detail: 'Corrupt JPEG data' })).toContain('(Corrupt JPEG data)');
    expect(skipReason(ru, archive('not encrypted, I say'))).toContain('(not encrypted, I say)');
    expect(skipReason(en, { code: 'empty' })).toBe(en.skips.empty);
  });

  it('knows what the readers of archives write', async () => {
    const flagged = zipSync({ 'secret.png': new Uint8Array([1, 2, 3]), 'inner.zip': new Uint8Array([4, 5]) });
    // The first bit of the flags says that an entry is encrypted, in its header and in the directory.
    const view = new DataView(flagged.buffer);
    for (let at = 0; at + 4 < flagged.length; at++) {
      const signature = view.getUint32(at, true);
      const flags = signature === 0x04034b50 ? 6 : signature === 0x02014b50 ? 8 : 0;
      const isSecret =
        flags > 0 && new TextDecoder().decode(flagged.subarray(at, at + 60)).includes('secret');
      if (isSecret) view.setUint16(at + flags, view.getUint16(at + flags, true) | 1, true);
    }
    const entries = await listArchive(new File([flagged], 'a.zip'));
    const reasons = entries.map(({ skip }) => skipReason(fr, skip!));
    expect(reasons.map((reason) => /\((.*)\)$/.exec(reason)?.[1]).sort()).toEqual([
      'chiffré',
      'une archive dans une archive',
    ]);
  });
});
