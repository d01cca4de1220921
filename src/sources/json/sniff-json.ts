import { cannotRead } from '../fault';
import { findShape } from './find-shape';
import { pictureIn } from './picture';
import { readJson, textStart, type JsonRecord } from './read-json';
import type { JsonShape } from './shape';
import { textSource } from './text-source';

export interface JsonSniff {
  shape: JsonShape;
  /** Names with dots of the fields of the first records. */
  fields: string[];
  /** Fields whose text is base64 of a picture in some of the first records, most often first. */
  imageFields: string[];
  /** The suggestion: `frame_content` where there is one, else the first of these. */
  imageField: string | null;
  /** Records in the file, estimated from the length of the first ones; `exact` when those are all. */
  records: number;
  exact: boolean;
}

const DEFAULT_FIELD = 'frame_content';
/** Records that are looked at. */
const SAMPLE = 20;
/** Bytes within which the first record has to begin, and after which no more records are looked at. */
const WINDOW = 16 << 20;
/** Shorter texts are no picture. */
const MIN_TEXT = 48;

/** What a JSON file holds, told from its first records, `WINDOW` bytes at most. Errors: `read-file`. */
export async function sniffJson(file: File): Promise<JsonSniff> {
  const text = await textSource(file);
  const start = await textStart(text);
  const head = await text.head(start + WINDOW);
  const shape = findShape(file.name, head.bytes.subarray(start), head.whole);
  const { sample, whole } = await firstRecords(file, shape);
  const good = sample.filter(({ fault }) => fault === undefined).slice(0, SAMPLE);
  if (good.length === 0)
    throw cannotRead(file.name, `line ${sample[0]?.line ?? 1}`, sample[0]?.fault ?? 'it has no records');
  const pictures = new Map<string, number>();
  const fields = new Set<string>();
  for (const { columns, places } of good) {
    columns.forEach((_, name) => fields.add(name));
    places.forEach(({ start: from, end, head: text }, name) => {
      fields.add(name);
      if (end - from >= MIN_TEXT && pictureIn(text)) pictures.set(name, (pictures.get(name) ?? 0) + 1);
    });
  }
  const imageFields = [...pictures].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  return {
    shape,
    fields: [...fields],
    imageFields,
    imageField: fields.has(DEFAULT_FIELD) ? DEFAULT_FIELD : (imageFields[0] ?? null),
    records: whole ? sample.length : estimate(sample, text.length),
    exact: whole,
  };
}

async function firstRecords(file: File, shape: JsonShape): Promise<{ sample: JsonRecord[]; whole: boolean }> {
  const sample: JsonRecord[] = [];
  try {
    for await (const records of readJson(file, { shape, imageField: null, placesOnly: true })) {
      sample.push(...records);
      if (sample.length >= SAMPLE || sample[sample.length - 1].at > WINDOW) return { sample, whole: false };
    }
  } catch (error) {
    // A file that is damaged further on can still be sniffed.
    if (sample.length === 0) throw error;
  }
  return { sample, whole: true };
}

function estimate(sample: readonly JsonRecord[], size: number): number {
  const first = sample[0].at;
  const last = sample[sample.length - 1].at;
  const length = (last - first) / Math.max(sample.length - 1, 1);
  return Math.max(sample.length, length > 0 ? Math.round((size - first) / length) : 0);
}
