/** Significant digits of the larger of two numbers, and those that the smaller one has at least. */
const LARGER = 3;
const SMALLER = 2;
const MOST_DECIMALS = 6;

/** A value and its error or spread, as the language writes numbers: both with the same decimals. What is not finite is a dash. */
export function plusMinus(value: number, error: number, locale: string): string {
  const [smaller, larger] = [Math.abs(value), Math.abs(error)].sort((a, b) => a - b);
  const decimals = Math.min(
    Math.max(decimalsFor(larger, LARGER), decimalsFor(smaller, SMALLER)),
    MOST_DECIMALS,
  );
  const { format } = new Intl.NumberFormat(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: 'negative',
  });
  return [value, error].map((one) => (Number.isFinite(one) ? format(one) : '–')).join(' ± ');
}

/** Digits after the point that show so many significant ones. */
function decimalsFor(size: number, significant: number): number {
  if (size === 0 || !Number.isFinite(size)) return 0;
  return Math.max(0, significant - 1 - Math.floor(Math.log10(size)));
}
