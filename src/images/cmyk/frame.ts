/** A JPEG with four inks, as its markers describe it (ITU-T T.81, Annex B). */
export interface Frame {
  width: number;
  height: number;
  progressive: boolean;
  components: Component[];
  /** Steps in zigzag order by table. */
  quantisers: Map<number, number[]>;
  /** The first three components are YCbCr of the inks' complements (Adobe marker). */
  ycck: boolean;
  scans: Scan[];
}

export interface Component {
  id: number;
  /** Sampling factors. */
  h: number;
  v: number;
  quantiser: number;
}

export interface HuffmanCode {
  counts: number[];
  symbols: number[];
}

export interface Scan {
  /** Places in `components`, with their Huffman tables. */
  parts: { place: number; dc: HuffmanCode | undefined; ac: HuffmanCode | undefined }[];
  /** First and last coefficient, and the bit planes before and after (progressive). */
  from: number;
  to: number;
  high: number;
  low: number;
  /** Units between restart markers; 0 for none. */
  restart: number;
  /** Where its data begin. */
  at: number;
}

const [SOF_BASELINE, SOF_PROGRESSIVE] = [0xc0, 0xc2];
const [DHT, DQT, DRI, SOS, EOI, ADOBE] = [0xc4, 0xdb, 0xdd, 0xda, 0xd9, 0xee];

/** The frame of a JPEG with four components of 8 bits; null for every other one, and for damaged markers. */
export function readFrame(bytes: Uint8Array): Frame | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frame: Frame = {
    ...{ width: 0, height: 0, progressive: false, ycck: false },
    ...{ components: [], quantisers: new Map(), scans: [] },
  };
  const tables = new Map<number, HuffmanCode>();
  let restart = 0;
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff || bytes[at + 1] === 0 || isBare(bytes[at + 1])) {
      // The data of a scan, in which only markers are of interest.
      at++;
      continue;
    }
    const marker = bytes[at + 1];
    if (marker === EOI) break;
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) return null;
    const body = bytes.subarray(at + 4, end);
    if (marker === DQT && !readQuantisers(body, frame.quantisers)) return null;
    if (marker === DHT) readHuffman(body, tables);
    if (marker === DRI) restart = (body[0] << 8) | body[1];
    if (marker === ADOBE && body.length >= 12) frame.ycck = body[11] === 2;
    if (marker >= SOF_BASELINE && marker <= 0xcf && marker !== DHT && marker !== 0xc8 && marker !== 0xcc) {
      if (marker > SOF_PROGRESSIVE || body[0] !== 8 || body[5] !== 4) return null;
      frame.progressive = marker === SOF_PROGRESSIVE;
      [frame.height, frame.width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      frame.components = [0, 1, 2, 3].map((i) => {
        const [id, sampling, quantiser] = body.subarray(6 + 3 * i);
        return { id, h: sampling >> 4, v: sampling & 15, quantiser };
      });
    }
    if (marker === SOS) {
      const scan = readScan(body, frame, tables, end);
      if (!scan) return null;
      frame.scans.push({ ...scan, restart });
    }
    at = end;
  }
  const known = frame.components.every(({ h, v, quantiser }) => h && v && frame.quantisers.has(quantiser));
  return frame.scans.length > 0 && known && frame.width > 0 && frame.height > 0 ? frame : null;
}

/** Markers without a body: fill bytes, restarts, TEM. */
const isBare = (marker: number): boolean => marker === 0xff || marker === 0x01 || (marker & 0xf8) === 0xd0;

function readQuantisers(body: Uint8Array, into: Frame['quantisers']): boolean {
  for (let at = 0; at + 65 <= body.length; at += 65) {
    // Sixteen bits cannot be written again as baseline.
    if (body[at] >> 4) return false;
    into.set(body[at], [...body.subarray(at + 1, at + 65)]);
  }
  return true;
}

function readHuffman(body: Uint8Array, into: Map<number, HuffmanCode>): void {
  for (let at = 0; at + 17 <= body.length;) {
    const counts = [...body.subarray(at + 1, at + 17)];
    const total = counts.reduce((sum, count) => sum + count, 0);
    into.set(body[at], { counts, symbols: [...body.subarray(at + 17, at + 17 + total)] });
    at += 17 + total;
  }
}

function readScan(
  body: Uint8Array,
  { components }: Frame,
  tables: ReadonlyMap<number, HuffmanCode>,
  at: number,
): Omit<Scan, 'restart'> | null {
  const count = body[0];
  const parts = Array.from({ length: count }, (_, i) => {
    const [id, table] = body.subarray(1 + 2 * i);
    const place = components.findIndex((component) => component.id === id);
    return { place, dc: tables.get(table >> 4), ac: tables.get(0x10 | (table & 15)) };
  });
  if (count < 1 || count > 4 || parts.some(({ place }) => place < 0)) return null;
  const [from, to, approximation] = body.subarray(1 + 2 * count);
  return { parts, from, to, high: approximation >> 4, low: approximation & 15, at };
}
