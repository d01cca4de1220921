import { FurtherColours } from './further-colours';

/**
 * 30 colours for clusters, in a light and a dark form of the same hue, and grey for noise. Chosen by farthest-point search
 * with exchange over OKLCH so that every pair stays apart for full and for colour-blind vision, each readable on the map's
 * ground (contrast 3 or more), ordered so that the first few differ most. Above 30 they are those of `FurtherColours`, closer to
 * each other the more there are, and from 90 on they repeat: the number is the second carrier.
 */
export type Theme = 'light' | 'dark';

const LIGHT =
  '#3548d1 #9b4e07 #179aac #7a045d #414004 #2d12a7 #b47d06 #6d5f7d #017214 #707d5d #4e1586 #940018 #632530 #274893 #6f4a4b ' +
  '#b03cbb #164547 #a56a8f #a80565 #0f9b23 #69317a #7f4d9b #679866 #6228bb #890294 #7d77b3 #157f76 #445671 #4b723e #225a31';
const DARK =
  '#7593fe #f78526 #8becfd #b74593 #716f2b #5253e1 #fed392 #afa0c1 #25ba35 #b9c7a5 #7d4dbe #d64f4e #98555e #5b80d1 #ac8384 ' +
  '#f698fe #477576 #f8b7de #f755a4 #68f06c #a368b5 #c38fe3 #b7ebb5 #996efd #ca57d6 #cbc7fd #6bc7bd #7d91ae #8cb57e #5a9266';

export const CLUSTER_COLOURS: Record<Theme, readonly string[]> = {
  light: LIGHT.split(' '),
  dark: DARK.split(' '),
};
export const NOISE_GREY: Record<Theme, string> = { light: '#8c8c8c', dark: '#7d7d7d' };
/** The ground clusters are drawn on: `--ground` in theme.css. */
export const GROUND: Record<Theme, string> = { light: '#f6f6f6', dark: '#17181a' };

/** Colours before they repeat. */
export const DISTINCT = 90;

/** CSS hex colour of a cluster; a negative index is noise. */
export function clusterColour(cluster: number, theme: Theme): string {
  if (cluster < 0) return NOISE_GREY[theme];
  const colours = CLUSTER_COLOURS[theme];
  const place = cluster % DISTINCT;
  if (place < colours.length) return colours[place];
  further[theme] ??= new FurtherColours([...colours, NOISE_GREY[theme]], GROUND[theme]);
  return further[theme].at(place - colours.length);
}

/** Made when there are so many clusters. */
const further: Partial<Record<Theme, FurtherColours>> = {};

/** The same as four bytes, for deck.gl. */
export function clusterRgba(cluster: number, theme: Theme, alpha = 255): [number, number, number, number] {
  const n = Number.parseInt(clusterColour(cluster, theme).slice(1), 16);
  return [n >> 16, (n >> 8) & 255, n & 255, alpha];
}

/** Viridis (Smith and van der Walt), in eleven steps: even in lightness, and told apart by colour-blind people too. */
const VIRIDIS = '#440154 #482475 #414487 #355f8d #2a788e #21918c #22a884 #44bf70 #7ad151 #bddf26 #fde725'
  .split(' ')
  .map((hex) => Number.parseInt(hex.slice(1), 16))
  .map((n): readonly [number, number, number] => [n >> 16, (n >> 8) & 255, n & 255]);
/** The end that is like the ground is left out. */
const SHOWN: Record<Theme, readonly [number, number]> = { light: [0, 0.86], dark: [0.22, 1] };

/** The colour of a place between 0 and 1 on a scale, RGB bytes. */
export function rampRgb(place: number, theme: Theme): [number, number, number] {
  const [from, to] = SHOWN[theme];
  const at = (from + place * (to - from)) * (VIRIDIS.length - 1);
  const step = Math.min(Math.floor(at), VIRIDIS.length - 2);
  const [a, b] = [VIRIDIS[step], VIRIDIS[step + 1]];
  const mix = (i: 0 | 1 | 2): number => Math.round(a[i] + (b[i] - a[i]) * (at - step));
  return [mix(0), mix(1), mix(2)];
}
