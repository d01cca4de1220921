import type { Rows } from '../src/analysis/rows';

/** Rows of a golden file: integers and the factor they are multiplied with, so that Python and JavaScript have the same f32. */
export function goldenRows({ data, unit }: { data: number[][]; unit: number }): Rows {
  const d = data[0]?.length ?? 0;
  return { n: data.length, d, data: Float32Array.from(data.flat(), (x) => x * unit) };
}
