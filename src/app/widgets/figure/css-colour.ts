/** A colour as files understand it: `#rrggbb`, and how opaque it is (0..1). */
export interface FileColour {
  hex: string;
  alpha: number;
}

const FUNCTION = /^([a-z]+)\(([^()]*)\)$/;

/**
 * A computed CSS colour (`rgb`, `oklch`, `oklab`, `color(srgb …)`, hex, `transparent`) in sRGB, since programs that open SVG files
 * know little of newer notations; out of gamut it is clipped. Null for anything else, such as `none` and `url(#…)`.
 * OKLab to sRGB: B. Ottosson, 2020; CSS Color 4, section 10.
 */
export function fileColour(css: string): FileColour | null {
  const text = css.trim().toLowerCase();
  if (text === 'transparent') return { hex: '#000000', alpha: 0 };
  if (/^#[0-9a-f]{6}$/.test(text)) return { hex: text, alpha: 1 };
  const [, name, inside] = FUNCTION.exec(text) ?? [];
  if (!name) return null;
  const words = inside.split(/[\s,/]+/).filter(Boolean);
  const space = name === 'color' ? words.shift() : name;
  const alpha = words.length > 3 ? numberOf(words[3], 1) : 1;
  const [a, b, c] = words;
  switch (space) {
    case 'rgb':
    case 'rgba':
      return colour(
        [a, b, c].map((word) => numberOf(word, 255) / 255),
        alpha,
      );
    case 'srgb':
      return colour(
        [a, b, c].map((word) => numberOf(word, 1)),
        alpha,
      );
    case 'oklab':
      return colour(ofOklab(numberOf(a, 1), numberOf(b, 0.4), numberOf(c, 0.4)), alpha);
    case 'oklch': {
      const [chroma, hue] = [numberOf(b, 0.4), (numberOf(c, 360) * Math.PI) / 180];
      return colour(ofOklab(numberOf(a, 1), chroma * Math.cos(hue), chroma * Math.sin(hue)), alpha);
    }
    default:
      return null;
  }
}

/** `none` counts as 0; a percentage is of `whole`. */
function numberOf(word: string, whole: number): number {
  if (word === 'none') return 0;
  const value = Number.parseFloat(word);
  return word.endsWith('%') ? (value / 100) * whole : value;
}

function colour(channels: readonly number[], alpha: number): FileColour {
  const byte = (value: number): string =>
    Math.round(255 * Math.min(Math.max(value, 0), 1))
      .toString(16)
      .padStart(2, '0');
  return { hex: `#${channels.map(byte).join('')}`, alpha: Math.min(Math.max(alpha, 0), 1) };
}

/** sRGB, 0..1 within the gamut. */
function ofOklab(L: number, a: number, b: number): number[] {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return linear.map((x) => (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055));
}
