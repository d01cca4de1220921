import { TesseraError } from '../domain/errors';
import { RAW_PIXELS, type EmbedSpec, type ResizeMode } from '../domain/spec';
import { defaultSpec } from '../jobs/models';
import type { HeadlessRequest } from './headless';

/** The descriptor for the network that was asked for. */
export async function headlessSpec(
  model: HeadlessRequest['model'],
  _file: File | null,
  resize: ResizeMode,
  _notice: (text: string) => void,
): Promise<EmbedSpec> {
  if (model.kind === 'default') return defaultSpec(resize);
  if (model.kind === 'id' && model.id === 'pixels') return RAW_PIXELS;
  throw new TesseraError('model-no-layer', 'Only the own network so far.');
}
