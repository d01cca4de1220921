import { createFormat } from '../format';

const f = createFormat('en');

/** What follows the reason of a skipped file, where the app knows more of it; see `skipReason`. */
export const skipDetails = {
  encrypted: () => 'encrypted',
  nested: () => 'an archive within an archive',
  link: () => 'a link',
  sparse: () => 'a sparse file, stored with holes that are not filled in here',
  device: () => 'a device, not a file',
  packed: (method: string) => `packed by ${method}, which is not unpacked here`,
  large: (bytes: string) => `unpacks to ${f.bytes(Number(bytes))}`,
  dense: (times: string) => `unpacks to ${f.int(Number(times))} times its size`,
  heavy: (bytes: string) => `the archive unpacks to more than ${f.bytes(Number(bytes))}`,
  shared: () => 'its bytes are also those of another entry',
  many: (entries: string) => `more than ${f.int(Number(entries))} entries, the others are left out`,
  cut: () => 'it is cut short',
  cutAt: (byte: string) => `it is cut short at byte ${f.int(Number(byte))}`,
  cutIn: (name: string) => `it is cut short in ${name}`,
  damagedAt: (byte: string) => `it is damaged at byte ${f.int(Number(byte))}; what follows is left out`,
  gone: () => 'the bytes kept of it are gone',
};
