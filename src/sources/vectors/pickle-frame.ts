import type { DescriptorReader } from '../../domain/descriptors';
import { matrixShape, arrayReader } from './array';
import { parseDtype, toFloat32 } from './dtype';
import { joinedReader, type Part } from './joined';
import { PickleCall, PickleDict, type PickleValue } from './pickle-data';
import { arrayOf, fetchBytes, storedArray, textsOf, type PickledArray } from './pickle-values';
import { PickleBytes } from './pickle-reader';

const NUMERIC = /^[<>=|]?[fiu][1248]$/;

/** A pandas DataFrame: its columns in blocks of one type. */
export interface Frame {
  blocks: { values: PickleValue; columns: number[] }[];
  /** Labels of the columns and the rows. */
  columns: PickleValue;
  index: PickleValue;
}

/** The table that a value is, null when it is none. Throws an Error for tables of a layout that is not known. */
export async function frameOf(file: Blob, value: PickleValue): Promise<Frame | null> {
  if (!(value instanceof PickleCall) || value.name !== 'DataFrame') return null;
  const state = value.state instanceof PickleDict ? value.state : value.items;
  const manager = state.get('_mgr') ?? state.get('_data');
  if (!(manager instanceof PickleCall)) throw unknownLayout();
  const [blocks, axes] = manager.args.length >= 2 ? manager.args : olderState(manager.state);
  if (!Array.isArray(blocks) || !Array.isArray(axes)) throw unknownLayout();
  return {
    blocks: await Promise.all(blocks.map((block) => blockParts(file, block))),
    columns: axes[0],
    index: axes[1],
  };
}

function unknownLayout(): Error {
  return new Error('it is a pandas table of a layout that is not known here; save its values as .npy');
}

/** Before pandas 1.3: (axes, values, items, {'0.14.1': {axes, blocks}}). */
function olderState(state: PickleValue): PickleValue[] {
  const kept = Array.isArray(state) ? state.find((part) => part instanceof PickleDict) : null;
  const newest = kept instanceof PickleDict ? kept.get('0.14.1') : null;
  return newest instanceof PickleDict ? [newest.get('blocks') ?? null, newest.get('axes') ?? null] : [];
}

async function blockParts(
  file: Blob,
  block: PickleValue,
): Promise<{ values: PickleValue; columns: number[] }> {
  const parts =
    block instanceof PickleDict
      ? [block.get('values') ?? null, block.get('mgr_locs') ?? null]
      : block instanceof PickleCall
        ? block.args
        : [];
  if (parts.length < 2) throw unknownLayout();
  return { values: parts[0], columns: await placement(file, parts[1]) };
}

/** Which columns of the table a block holds: a slice, or an array of numbers. */
async function placement(file: Blob, value: PickleValue): Promise<number[]> {
  if (value instanceof PickleCall && value.name === 'slice') {
    const [start, stop, step] = value.args.map(Number);
    const length = Math.max(0, Math.ceil((stop - start) / (step || 1)));
    if (!(length < 1 << 20)) throw unknownLayout();
    return Array.from({ length }, (_, i) => start + i * (step || 1));
  }
  const array = arrayOf(value);
  if (!array || !(array.data instanceof PickleBytes)) throw unknownLayout();
  const out = new Float32Array(array.shape[0]);
  toFloat32((await fetchBytes(file, array.data)).slice(), parseDtype(array.dtype), out);
  return [...out];
}

/**
 * The numeric columns of a table, in their order, as vectors; booleans are left out. Rows are named by the column of
 * text called like a path, or by the first one, or by the index when that is text. Null when no column is numeric.
 */
export async function frameReader(file: File, frame: Frame): Promise<DescriptorReader | null> {
  const numeric: { array: PickledArray; columns: number[] }[] = [];
  for (const { values, columns } of frame.blocks) {
    const array = arrayOf(values);
    if (array && NUMERIC.test(array.dtype)) numeric.push({ array, columns });
  }
  if (numeric.length === 0) return null;
  const order = numeric.flatMap(({ columns }) => columns).sort((a, b) => a - b);
  const rank = new Map(order.map((column, i) => [column, i]));
  const parts = numeric.map(({ array, columns }): Part => {
    // A block keeps its columns as rows.
    const [width, n] = array.shape;
    if (array.shape.length !== 2 || width !== columns.length) throw unknownLayout();
    const stored = { ...storedArray(file, array), shape: [n, width], fortran: !array.fortran };
    return { array: stored, width, columns: columns.map((column) => rank.get(column)!) };
  });
  const { n } = matrixShape(parts[0].array.shape, false);
  if (parts.some(({ array }) => array.shape[0] !== n)) throw unknownLayout();
  const names = await frameNames(file, frame, n);
  const isWhole = parts.length === 1 && parts[0].columns.every((column, i) => column === i);
  return isWhole
    ? arrayReader(file.name, parts[0].array, names)
    : joinedReader(file.name, parts, n, order.length, names);
}

/** The names of a table's rows: see `frameReader`. */
export async function frameNames(file: Blob, frame: Frame, n: number): Promise<string[] | null> {
  const labels = (await indexTexts(file, frame.columns)) ?? [];
  const isPath = (column: number): boolean => /path|file|image|name/i.test(labels[column] ?? '');
  const texts = frame.blocks
    .filter(({ values }) => !NUMERIC.test(arrayOf(values)?.dtype ?? ''))
    .flatMap(({ values, columns }) => columns.map((column, row) => ({ values, column, row })))
    .sort((a, b) => Number(isPath(b.column)) - Number(isPath(a.column)) || a.column - b.column);
  for (const { values, row } of texts) {
    const array = arrayOf(values);
    const found = await textsOf(file, array && Array.isArray(array.data) ? columnOf(array, row, n) : values);
    if (found?.length === n) return found;
  }
  const index = await indexTexts(file, frame.index);
  return index?.length === n ? index : null;
}

/** One column of a block of objects. */
export function columnOf({ shape, data, fortran }: PickledArray, row: number, n: number): PickleValue[] {
  const [width] = shape;
  const values = data as PickleValue[];
  return Array.from({ length: n }, (_, i) => values[fortran ? i * width + row : row * n + i]);
}

async function indexTexts(file: Blob, index: PickleValue): Promise<string[] | null> {
  if (!(index instanceof PickleCall) || index.name !== 'index') return null;
  const about = index.args[1];
  return about instanceof PickleDict ? textsOf(file, about.get('data')) : null;
}
