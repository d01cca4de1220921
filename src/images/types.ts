import { skipSentence, type Skip, type SkipCode } from '../domain/files';

/** A file that yields no pixels, and the reason as it is shown in the table of skipped files. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
  readonly skip: Skip;
  constructor(code: SkipCode, detail?: string, options?: ErrorOptions) {
    const skip = detail === undefined ? { code } : { code, detail };
    super(skipSentence(skip), options);
    this.skip = skip;
  }
}
