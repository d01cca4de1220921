/** What tools write where there is no value (the list of pandas' `read_csv`). */
const MISSING = new Set([
  '',
  '#N/A',
  '#N/A N/A',
  '#NA',
  '-NaN',
  '-nan',
  '<NA>',
  'N/A',
  'NA',
  'NULL',
  'NaN',
  'None',
  'n/a',
  'nan',
  'null',
]);
const POINT = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const COMMA = /^[-+]?(?:\d+,?\d*|,\d+)(?:[eE][-+]?\d+)?$/;
const INFINITE = /^[-+]?inf(?:inity)?$/i;
/** Numbers of this kind are names: a post code, a sample id. */
const PADDED = /^[-+]?0\d/;
const THOUSANDS = /^[-+]?\d{1,3},\d{3}$/;
const BOOLEAN = /^(?:true|false)$/i;
const DATE =
  /^(\d{4})([-/:])(\d\d)\2(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(Z|UTC|[-+]\d\d(?::?\d\d)?)?)?$/;

const DOT = '.'.charCodeAt(0);
const MINUS = '-'.charCodeAt(0);
const ZERO = '0'.charCodeAt(0);

/**
 * What nearly every number is, told without any expression: digits, a sign and a point perhaps, no name (`PADDED`, or more
 * digits than a number holds). Other numbers are 'no' too.
 */
function plainNumber(text: string): 'no' | 'whole' | 'pointed' {
  const start = text.charCodeAt(0) === MINUS ? 1 : 0;
  const first = text.charCodeAt(start) - ZERO;
  if (!(first >= 0 && first <= 9)) return 'no';
  let point = -1;
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= ZERO && code <= ZERO + 9) continue;
    if (code !== DOT || point >= 0) return 'no';
    point = i;
  }
  const whole = (point < 0 ? text.length : point) - start;
  if (first === 0 && whole > 1) return 'no';
  if (point >= 0) return 'pointed';
  return whole < 16 ? 'whole' : 'no';
}

export function isMissing(text: string): boolean {
  return MISSING.has(text);
}

export function isNumberText(text: string): boolean {
  return POINT.test(text.trim());
}

/**
 * Milliseconds of a date written year first (ISO 8601, also with `/` or, as in EXIF, `:`), NaN for anything else; without
 * a zone it counts as UTC.
 */
export function dateOf(text: string): number {
  const parts = DATE.exec(text);
  if (!parts) return NaN;
  const [, year, , month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone = 'Z'] = parts;
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (new Date(midnight).getUTCDate() !== Number(day) || Number(month) > 12) return NaN;
  if (Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60) return NaN;
  const time = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  const [, sign, hours = '0', minutes = '0'] = /^([-+])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  const offset = sign ? Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60 : 0;
  return midnight + (time - offset) * 1000 + Math.floor(Number(`0.${fraction}`) * 1000);
}

/** Whole numbers that are milliseconds of the years 1990 to 2049, all of them: times rather than counts. */
const EPOCH = [Date.UTC(1990, 0), Date.UTC(2050, 0)];

export function isEpoch(value: number): boolean {
  return value >= EPOCH[0] && value < EPOCH[1] && Number.isInteger(value);
}

export type TextKind = 'number' | 'comma-number' | 'epoch' | 'date' | 'boolean' | 'text';

/** Finds the one kind that all texts of a column are of; missing ones fit any but text. */
export class KindFinder {
  private point = true;
  private comma: boolean;
  private thousandsOnly = true;
  private epoch = true;
  private date = true;
  private boolean = true;
  private some = false;

  /** `comma`: whether a comma may be the decimal sign. */
  constructor(comma: boolean) {
    this.comma = comma;
  }

  /** Some of the numbers have a comma where no thousands could be. */
  get showsComma(): boolean {
    return this.some && this.comma && !this.point && !this.thousandsOnly;
  }

  add(raw: string): void {
    const plain = plainNumber(raw);
    if (plain !== 'no') {
      this.some = true;
      this.date = false;
      this.boolean = false;
      if (plain === 'pointed') this.comma = false;
      if (this.epoch && !isEpoch(Number(raw))) this.epoch = false;
      return;
    }
    const text = raw.trim();
    if (MISSING.has(text)) return;
    this.some = true;
    if (this.point || this.comma) this.addNumber(text);
    if (this.date && Number.isNaN(dateOf(text))) this.date = false;
    if (this.boolean && !BOOLEAN.test(text)) this.boolean = false;
  }

  private addNumber(text: string): void {
    const infinite = INFINITE.test(text);
    const named = PADDED.test(text) || (/^[-+]?\d{16,}$/.test(text) && !Number.isSafeInteger(Number(text)));
    if (this.point && !infinite && (named || !POINT.test(text))) this.point = false;
    if (this.comma && !infinite && (named || !COMMA.test(text))) this.comma = false;
    if (this.thousandsOnly && text.includes(',') && !THOUSANDS.test(text)) this.thousandsOnly = false;
    if (this.epoch && !isEpoch(Number(text))) this.epoch = false;
  }

  /** `decimalComma`: it is known from elsewhere that "1,234" is less than two. */
  kind(decimalComma: boolean): TextKind {
    if (!this.some) return 'text';
    if (this.boolean) return 'boolean';
    if (this.point) return this.epoch ? 'epoch' : 'number';
    if (this.comma && (decimalComma || this.showsComma)) return 'comma-number';
    return this.date ? 'date' : 'text';
  }
}

/** The value of a text of a kind; NaN where there is none. */
export function valueOf(raw: string, kind: TextKind): number {
  if (kind === 'number') {
    const value = Number(raw);
    // Zero is also what is blank.
    if (value < 0 || value > 0) return value;
  }
  const text = raw.trim();
  if (MISSING.has(text)) return NaN;
  if (kind === 'date') return dateOf(text);
  if (kind === 'boolean') return Number(/^t/i.test(text));
  if (INFINITE.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return Number(kind === 'comma-number' ? text.replace(',', '.') : text);
}
