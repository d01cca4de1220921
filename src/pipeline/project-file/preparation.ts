import type { Preparation } from '../../domain/model';
import type { Fields } from '../fields';
import { readArray } from './arrays';
import { arrayMember, type Member } from './member';
import type { ProjectFileReader } from './reader';

const SCALINGS = ['none', 'l2', 'standard', 'minmax'] as const;

/** What the JSON beside the arrays says of a preparation. */
export function preparationJson({ scaler, pca }: Preparation): object {
  return { scaling: scaler.scaling, d: scaler.offset.length, components: pca?.variances.length ?? null };
}

/** The arrays of scaler and PCA, under names that begin with `prefix`. */
export function preparationMembers(prefix: string, { scaler, pca }: Preparation): Member[] {
  const d = scaler.offset.length;
  const members = [
    arrayMember(`${prefix}-scaler-offset.npy`, [d], scaler.offset),
    arrayMember(`${prefix}-scaler-factor.npy`, [d], scaler.factor),
  ];
  if (!pca) return members;
  const m = pca.variances.length;
  return [
    ...members,
    arrayMember(`${prefix}-pca-mean.npy`, [d], pca.mean),
    arrayMember(`${prefix}-pca-components.npy`, [m, d], pca.components),
    arrayMember(`${prefix}-pca-variances.npy`, [m], pca.variances),
    arrayMember(`${prefix}-pca-explained.npy`, [m], Float64Array.from(pca.explained)),
  ];
}

/** The preparation that `from` describes; `prefix` as it was written with. Throws a sentence. */
export async function readPreparation(
  file: ProjectFileReader,
  prefix: string,
  from: Fields,
): Promise<Preparation> {
  const scaling = from.oneOf('scaling', SCALINGS);
  const d = from.count('d');
  const m = from.orNull('components', (key) => from.count(key));
  const floats = async (name: string, ...shape: number[]): Promise<Float64Array> =>
    (await readArray(file.member(`${prefix}-${name}.npy`), '<f8', shape)).data;
  const scaler = {
    scaling,
    offset: await floats('scaler-offset', d),
    factor: await floats('scaler-factor', d),
  };
  if (m === null) return { scaler, pca: null };
  const pca = {
    mean: await floats('pca-mean', d),
    components: await floats('pca-components', m, d),
    variances: await floats('pca-variances', m),
    explained: [...(await floats('pca-explained', m))],
  };
  return { scaler, pca };
}
