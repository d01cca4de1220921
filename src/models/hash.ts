import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** A SHA-256 taken piece by piece, which the browser's own cannot do. */
export interface Hasher {
  update(bytes: Uint8Array): void;
  /** Hex; ends the hash. */
  digest(): string;
}

export function hasher(): Hasher {
  const hash = sha256.create();
  return {
    update: (bytes) => void hash.update(bytes),
    digest: () => bytesToHex(hash.digest()),
  };
}

/** SHA-256 of the whole, hex; by the browser where it can, which leaves the thread free. */
export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // Pages that are not served securely have no `subtle`.
  const subtle: SubtleCrypto | undefined = globalThis.crypto.subtle;
  return bytesToHex(subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : sha256(bytes));
}
