import type { JsonShape } from '../../../domain/records';
import { createFormat } from '../format';

const f = createFormat('en');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;

const shapes: Record<JsonShape['kind'], (path: string) => string> = {
  array: () => 'A list of records',
  object: (path) => `Records under “${path}”`,
  search: () => 'The answer to an Elasticsearch search',
  lines: () => 'A record on every line (NDJSON)',
  elasticdump: () => 'Elasticsearch documents, one on every line (elasticdump)',
  bulk: () => 'Elasticsearch bulk requests (NDJSON)',
};

export const records = {
  shapes,
  looking: 'Looking at the first records…',
  records: (n: number, exact: boolean) =>
    exact ? count(n, 'record', 'records') : `about ${count(n, 'record', 'records')}`,
  field: 'Field that holds the picture (base64)',
  suggested: 'has pictures',
  preview: 'First pictures of this field',
  found: (found: number, looked: number) =>
    `${f.int(found)} of the first ${count(looked, 'record has', 'records have')} a picture here; records without one are listed as skipped, with their line.`,
  wrongField: (field: string, looked: number) =>
    looked === 1
      ? `The first record has no picture in “${field}”. Choose the field that holds the base64 text of an image.`
      : `None of the first ${f.int(looked)} records has a picture in “${field}”. Choose the field that holds the base64 text of an image.`,
  columns: 'Everything else becomes columns',
  columnsNone: 'The records hold nothing else.',
  more: (n: number) => `and ${f.int(n)} more`,
  into: 'Where to',
  add: (project: string) => `Add to “${project}”`,
  new: (name: string) => `New project “${name}”`,
  take: (n: number, exact: boolean) => `Take ${exact ? '' : 'about '}${count(n, 'image', 'images')}`,
};
