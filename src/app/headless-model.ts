import { TesseraError } from '../domain/errors';
import { RAW_PIXELS, type EmbedSpec, type ResizeMode } from '../domain/spec';
import { addModel, defaultSpec, specFor } from '../jobs/models';

/** The app's own network, the raw pixels, or the ONNX file that was given. */
export type HeadlessModel = 'default' | 'pixels' | 'file';

/**
 * The descriptor of what was asked for, cut where the file proposes; `notice` is told what the file left open and was
 * guessed. Errors: `model-not-onnx`, `model-inputs`, `model-no-layer`.
 */
export async function headlessSpec(
  model: HeadlessModel,
  file: File | null,
  resize: ResizeMode,
  notice: (text: string) => void,
): Promise<EmbedSpec> {
  if (model === 'default') return defaultSpec(resize);
  if (model === 'pixels') return RAW_PIXELS;
  if (!file) throw new TesseraError('internal', 'No network file was given.');
  const network = await addModel(file);
  const { questions, input, normalisation } = network.detected;
  const guesses = {
    size: `size ${input.width} x ${input.height}`,
    layout: `layout ${input.layout}`,
    normalisation: `normalisation "${normalisation}"`,
  };
  if (questions.length)
    notice(
      `${file.name} does not tell everything about its input; assumed: ${questions.map((q) => guesses[q]).join(', ')}.`,
    );
  const spec = await specFor(network, { resize });
  notice(`${network.title}: the embedding is "${spec.layer}" (${spec.dim} numbers, pooling: ${spec.pool}).`);
  return spec;
}
