import type { MethodsFacts } from './facts';

/** The command that does the same again; null for vectors of another tool or of a model, which it would need as files. */
export function repeatCommand({ spec, isOwnNetwork, sweep, clustering }: MethodsFacts): string | null {
  if (!sweep || !clustering || sweep.model || (spec.kind !== 'network' && spec.kind !== 'pixels'))
    return null;
  const options = ['--img', 'FOLDER', '--out', 'RESULTS'];
  const add = (name: string, value: string | number): void => void options.push(`--${name}`, String(value));
  if (spec.kind === 'pixels') add('model', 'pixels');
  else {
    if (!isOwnNetwork) add('model', 'NETWORK.onnx');
    add('preprocess', spec.resize);
  }
  add('k', (clustering.base ?? clustering).k);
  add('seed', sweep.seed);
  if (sweep.scaling !== 'none') add('scaling', sweep.scaling);
  if (sweep.pca !== null) add('pca', sweep.pca);
  if (clustering.silhouetteSample >= sweep.n) add('silhouette', 'exact');
  return `npm run tessera -- ${options.join(' ')}`;
}
