/** Bytes of the signature and of the header chunk, which everything else follows. */
const AFTER_HEADER = 8 + 25;
const METRES = 0.0254;

/** A PNG that says how large it is on paper (a `pHYs` chunk after the header). Throws on what is no PNG. */
export async function withDensity(png: Blob, dpi: number): Promise<Blob> {
  const head = new DataView(await png.slice(0, AFTER_HEADER).arrayBuffer());
  if (head.byteLength < AFTER_HEADER || head.getUint32(0) !== 0x89504e47 || head.getUint32(12) !== 0x49484452)
    throw new Error('A PNG has to begin with its header.');
  const chunk = new DataView(new ArrayBuffer(4 + 4 + 9 + 4));
  const perMetre = Math.round(dpi / METRES);
  chunk.setUint32(0, 9);
  chunk.setUint32(4, 0x70485973);
  chunk.setUint32(8, perMetre);
  chunk.setUint32(12, perMetre);
  chunk.setUint8(16, 1);
  chunk.setUint32(17, crc32(new Uint8Array(chunk.buffer, 4, 13)));
  return new Blob([png.slice(0, AFTER_HEADER), chunk.buffer, png.slice(AFTER_HEADER)], { type: png.type });
}

/** CRC-32 as in PNG and ZIP (ISO 3309). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}
