import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { RecordsOptions } from '../src/domain/records';
import { recordCandidates } from '../src/pipeline/records';
import { samplePictures } from '../src/sources/json/sample-pictures';
import { sniffJson } from '../src/sources/json/sniff-json';
import { UsageError } from './args';
import type { Input } from './given';

/**
 * The images in the records of a JSON file, the first `limit` of them; `field` null takes the one that is suggested. Listed here
 * too, to account for each. Errors: `read-file`, UsageError when the field has no image in the first records.
 */
export async function readRecords(disk: string, field: string | null, limit: number | null): Promise<Input> {
  const { mtimeMs } = await stat(disk);
  const name = basename(disk);
  const file = new File([await openAsBlob(disk)], name, { lastModified: Math.floor(mtimeMs) });
  const { shape, imageField: suggested, imageFields, fields } = await sniffJson(file);
  const imageField = field ?? suggested;
  const others = `with images: ${imageFields.join(', ') || 'none'}; all: ${fields.join(', ')}`;
  if (imageField === null)
    throw new UsageError(
      `No field of the first records of ${name} has images; name it with --field (${others}).`,
    );
  const { found, looked, fault } = await samplePictures(file, shape, imageField);
  if (found === 0)
    throw new UsageError(
      `--field: none of the first ${looked} records of ${name} has an image in "${imageField}" (${fault}). Fields ${others}.`,
    );
  const records: RecordsOptions = { shape, imageField, ...(limit !== null && { limit }) };
  const paths: string[] = [];
  for await (const piece of recordCandidates({ path: name, file, records }))
    for (const { path } of piece) paths.push(path);
  return { files: [{ path: name, disk, records }], paths };
}
