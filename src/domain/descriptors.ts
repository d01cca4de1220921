/** Types of the numbers in files of vectors, named as NumPy does without the byte order. */
export type NumberType = 'f2' | 'f4' | 'f8' | 'i1' | 'i2' | 'i4' | 'i8' | 'u1' | 'u2' | 'u4' | 'u8' | 'bool';

/** Where a number is that is not finite, or too large for float32. */
export interface Cell {
  row: number;
  column: number;
}

/** Some rows of a descriptor file. */
export interface DescriptorBlock {
  row0: number;
  n: number;
  /** n x d, row-major. */
  data: Float32Array<ArrayBuffer>;
  /** Numbers that are not finite: how many, and where the first ones are (row of the file, not of the block). */
  nonFinite: { count: number; first: Cell[] };
}

/** One vector per image, from another tool's file. */
export interface DescriptorReader {
  n: number;
  d: number;
  /** As stored; what is read is float32 always. */
  dtype: NumberType;
  /** The paths of the rows when the file holds them. */
  names: string[] | null;
  /** The rows in order, some at a time; each call reads the file from the beginning. Errors: `read-file`. */
  blocks(): AsyncIterable<DescriptorBlock>;
}

/** An array that a file holds, for the choice among several. */
export interface ArrayInfo {
  name: string;
  shape: number[];
  dtype: string;
}
