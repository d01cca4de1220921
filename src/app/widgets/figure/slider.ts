/** A chart as a slider: a click or an arrow key takes one of its x values. */
export interface FigureSlider {
  values: readonly number[];
  value: number;
  /** What a screen reader says of the value. */
  text: string;
  onpick: (value: number) => void;
}

/** The value a key leads to, as a slider moves; null when the key does not move. `values` must not be empty. */
export function sliderStep(key: string, values: readonly number[], value: number): number | null {
  const at = values.indexOf(value);
  const last = values.length - 1;
  const to: Record<string, number> = {
    ArrowRight: at + 1,
    ArrowUp: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at - 1,
    PageUp: at + 5,
    PageDown: at - 5,
    Home: 0,
    End: last,
  };
  return key in to ? values[Math.min(Math.max(to[key], 0), last)] : null;
}

/** The value that is drawn nearest to a place; null when there is none. */
export function nearestValue(
  values: readonly number[],
  place: (value: number) => number,
  x: number,
): number | null {
  let best: number | null = null;
  for (const value of values)
    if (best === null || Math.abs(place(value) - x) < Math.abs(place(best) - x)) best = value;
  return best;
}
