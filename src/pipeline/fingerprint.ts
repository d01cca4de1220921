import { sha256 } from './hash';

/** Larger files are known by samples: to read all of one only to name it would take as long as to import it. */
const WHOLE = 8 << 20;
const SAMPLES = 64;
const SAMPLE = 64 << 10;

/** SHA-256 (hex) of a file's size and bytes; of a file over 8 MiB, of 64 pieces spread evenly from its first byte to its last. */
export async function fingerprint(file: Blob): Promise<string> {
  const pieces: Blob[] = [new Blob([`${file.size}\n`])];
  if (file.size <= WHOLE) pieces.push(file);
  else
    for (let i = 0; i < SAMPLES; i++) {
      const at = Math.floor((i / (SAMPLES - 1)) * (file.size - SAMPLE));
      pieces.push(file.slice(at, at + SAMPLE));
    }
  return sha256(new Uint8Array(await new Blob(pieces).arrayBuffer()));
}

/** SHA-256 (hex) of a list of texts, '' for none. */
export async function fingerprintOf(texts: readonly string[] | null): Promise<string> {
  return texts ? sha256(new TextEncoder().encode(texts.join('\n'))) : '';
}
