import type { Skip } from '../domain/files';
import type { EmbedSpec } from '../domain/spec';
import { prepareImage, type PreparedImage } from '../images/prepare';
import type { Target } from '../images/preprocess';
import { ImageError } from '../images/types';
import type { Original } from '../store/schema';

export type { PreparedImage, Target };

/** A picture ready for the network, or why there is none. */
export type Prepared = { picture: PreparedImage } | { skip: Skip };

/** Where no network follows, the thumbnail alone is made of the picture. */
const FOR_THUMBNAIL: Target = { width: 128, height: 128, resize: 'squash' };

/** The size and shape a descriptor wants its pictures in. */
export function targetOf(spec: EmbedSpec): Target {
  if (spec.kind === 'vectors') return FOR_THUMBNAIL;
  if (spec.kind === 'pixels') return { width: spec.width, height: spec.height, resize: 'squash' };
  return { width: spec.input.width, height: spec.input.height, resize: spec.resize };
}

/** Reads and decodes one file; whatever is wrong with it becomes its reason, never an error. */
export async function prepare(original: Original, target: Target): Promise<Prepared> {
  try {
    const bytes = original instanceof Uint8Array ? original : new Uint8Array(await original.arrayBuffer());
    return { picture: await prepareImage(bytes, target) };
  } catch (error) {
    if (error instanceof ImageError) return { skip: error.skip };
    const detail = error instanceof Error ? error.message : String(error);
    return { skip: { code: 'broken', detail } };
  }
}
