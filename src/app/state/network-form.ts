import type { InputSpec, NetworkSpec, Pool, ResizeMode } from '../../domain/spec';
import { NORMALISATIONS, type Inspected, type NormalisationName, type SpecChoice } from '../../jobs/models';

/** What can be set of a network, as the fields of a form. */
export interface NetworkForm {
  layer: string;
  pool: Pool;
  width: number;
  height: number;
  layout: InputSpec['layout'];
  channels: InputSpec['channels'];
  normalisation: NormalisationName;
  resize: ResizeMode;
}

export const POOLS: readonly Pool[] = ['avg', 'max', 'none'];
export const NORMALISATION_NAMES = Object.keys(NORMALISATIONS) as NormalisationName[];
const SMALLEST = 8;
const LARGEST = 4096;

/** The form filled with what was proposed and detected. */
export function formOf(network: Inspected, resize: ResizeMode): NetworkForm {
  const { input, normalisation } = network.detected;
  const { width, height, layout, channels } = input;
  const { name: layer, pool } = network.proposed;
  return { layer, pool, width, height, layout, channels, normalisation, resize };
}

/** The form filled with how the network is used now. */
export function formFrom(network: Inspected, { layer, pool, input, resize }: NetworkSpec): NetworkForm {
  const { width, height, layout, channels } = input;
  const numbers = ({ scale, mean, std }: Pick<InputSpec, 'scale' | 'mean' | 'std'>): string =>
    [scale, ...mean, ...std].join();
  const { detected } = network;
  const normalisation =
    numbers(input) === numbers(detected.input)
      ? detected.normalisation
      : (NORMALISATION_NAMES.find((name) => numbers(NORMALISATIONS[name]) === numbers(input)) ??
        detected.normalisation);
  return { layer, pool, width, height, layout, channels, normalisation, resize };
}

/** Whether the layer gives a feature map, which has to be pooled. */
export function isMap(network: Inspected, layer: string): boolean {
  return network.selectable.find(({ name }) => name === layer)?.kind === 'map';
}

/** How many numbers an image gives, or null where only a run can tell. */
export function dimOf(network: Inspected, { layer, pool }: NetworkForm): number | null {
  const found = network.selectable.find(({ name }) => name === layer);
  return found?.dim[found.kind === 'map' ? pool : 'none'] ?? null;
}

export function isValid({ width, height }: NetworkForm): boolean {
  return [width, height].every((side) => Number.isInteger(side) && side >= SMALLEST && side <= LARGEST);
}

/** The form as a choice; what was not touched stays as it was detected, numbers included. */
export function choiceOf(network: Inspected, form: NetworkForm): SpecChoice {
  const { detected } = network;
  const { width, height, layout, channels } = form;
  const kept = form.normalisation === detected.normalisation;
  const { scale, mean, std } = kept ? detected.input : NORMALISATIONS[form.normalisation];
  const { name } = detected.input;
  const input: InputSpec = { name, width, height, layout, channels, scale, mean, std };
  return { resize: form.resize, layer: form.layer, pool: form.pool, input };
}
