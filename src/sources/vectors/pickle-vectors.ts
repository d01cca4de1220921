import type { ArrayInfo, DescriptorReader } from '../../domain/descriptors';
import { arrayReader } from './array';
import { parseDtype } from './dtype';
import { columnOf, frameNames, frameOf, frameReader, type Frame } from './pickle-frame';
import { PickleCall, PickleDict, textOf, type PickleValue } from './pickle-data';
import { PickleBytes } from './pickle-reader';
import { arrayOf, numberOf, storedArray, textsOf } from './pickle-values';
import { rowLength, rowsReader, type Row } from './rows';

/** Vectors that a pickle holds, under a name when it holds several. */
export interface Candidate {
  info: ArrayInfo;
  open(): DescriptorReader;
}

/**
 * Everything in a pickle's value that can be taken for one vector per image: matrices, lists of vectors, dictionaries of
 * them by path, tables, and these within a dictionary or a tuple. A list of as many texts beside a matrix names its rows.
 * Throws an Error when there is something, but not numbers.
 */
export async function candidatesIn(file: File, root: PickleValue): Promise<Candidate[]> {
  const whole = await candidate(file, '', root, null);
  if (whole) return [whole];
  const members = membersOf(root);
  const texts: string[][] = [];
  for (const [, value] of members) {
    const found = await textsOf(file, value);
    if (found) texts.push(found);
  }
  const found: Candidate[] = [];
  for (const [name, value] of members) {
    const one = await candidate(file, name, value, texts);
    if (one) found.push(one);
  }
  if (found.length === 0) explain(root, members);
  return found;
}

function membersOf(value: PickleValue): [string, PickleValue][] {
  if (Array.isArray(value)) return value.slice(0, 1000).map((one, i) => [String(i), one]);
  return entriesOf(value)?.map(([key, one]) => [keyText(key), one]) ?? [];
}

function entriesOf(value: PickleValue): [PickleValue, PickleValue][] | null {
  if (value instanceof PickleDict) return value.entries;
  if (value instanceof PickleCall && value.name === 'dict') return value.items.entries;
  return null;
}

function keyText(key: PickleValue): string {
  return typeof key === 'number' ? String(key) : textOf(key);
}

async function candidate(
  file: File,
  name: string,
  value: PickleValue,
  texts: string[][] | null,
): Promise<Candidate | null> {
  const namesFor = (n: number): string[] | null => texts?.find((list) => list.length === n) ?? null;
  const array = arrayOf(value);
  if (array && array.data instanceof PickleBytes && array.shape.length >= 2) {
    const stored = storedArray(file, array);
    const info = { name, shape: array.shape, dtype: array.dtype };
    return { info, open: () => arrayReader(file.name, stored, namesFor(array.shape[0])) };
  }
  const frame = await frameOf(file, value);
  if (frame) {
    const reader = (await vectorsInFrame(file, frame)) ?? (await frameReader(file, frame));
    return reader && { info: infoOf(name, reader), open: () => reader };
  }
  const entries = entriesOf(value);
  if (entries)
    return entries.length > 0
      ? ofRows(
          file,
          name,
          entries.map(([, one]) => one),
          entries.map(([key]) => keyText(key)),
        )
      : null;
  const list = Array.isArray(value) ? value : array && Array.isArray(array.data) ? array.data : null;
  return list && list.length > 0 ? ofRows(file, name, list, namesFor(list.length)) : null;
}

/** Vectors one by one; null when some are not vectors. Throws an Error when they differ in length. */
function ofRows(
  file: File,
  name: string,
  values: readonly PickleValue[],
  names: string[] | null,
): Candidate | null {
  const rows: Row[] = [];
  for (const value of values) {
    const row = rowOf(value);
    if (!row) return null;
    rows.push(row);
  }
  const d = rowLength(rows[0]);
  const other = rows.findIndex((row) => rowLength(row) !== d);
  if (d === 0) return null;
  if (other >= 0)
    throw new Error(`vector ${other} has ${rowLength(rows[other])} numbers and the first has ${d}`);
  const reader = rowsReader(file, rows, d, names);
  return { info: infoOf(name, reader), open: () => reader };
}

function rowOf(value: PickleValue): Row | null {
  if (Array.isArray(value)) {
    const numbers = value.map(numberOf);
    return numbers.every((one) => one !== null) ? numbers : null;
  }
  const array = arrayOf(value);
  if (!array || !(array.data instanceof PickleBytes)) return null;
  const isVector = array.shape.length === 1 || (array.shape.length === 2 && array.shape[0] === 1);
  if (!isVector || !/^[<>=|]?[fiub][1248]$/.test(array.dtype)) return null;
  return { dtype: parseDtype(array.dtype), bytes: array.data };
}

/** A column of a table whose cells are vectors. */
async function vectorsInFrame(file: File, frame: Frame): Promise<DescriptorReader | null> {
  for (const { values } of frame.blocks) {
    const array = arrayOf(values);
    if (!array || !Array.isArray(array.data) || array.shape.length !== 2) continue;
    const [width, n] = array.shape;
    for (let row = 0; row < width && n > 0; row++) {
      const cells = columnOf(array, row, n);
      if (rowOf(cells[0]) === null) continue;
      const found = ofRows(file, '', cells, await frameNames(file, frame, n));
      if (found) return found.open();
    }
  }
  return null;
}

function infoOf(name: string, { n, d, dtype }: DescriptorReader): ArrayInfo {
  return { name, shape: [n, d], dtype };
}

/** Says why nothing was found: an array of objects, a single vector, or nothing like it. */
function explain(root: PickleValue, members: [string, PickleValue][]): never {
  for (const [name, value] of [['', root] as [string, PickleValue], ...members]) {
    const array = arrayOf(value);
    const which = name ? `its array "${name}"` : 'its array';
    if (array && Array.isArray(array.data)) throw new Error(`${which} holds Python objects, not numbers`);
    if (array)
      throw new Error(`${which} has the shape (${array.shape.join(', ')}), and one row per image is needed`);
  }
  throw new Error('it holds no matrix of numbers, no list of vectors and no vectors by path');
}
