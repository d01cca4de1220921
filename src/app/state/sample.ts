import { TesseraError } from '../../domain/errors';

export interface SampleInfo {
  file: string;
  bytes: number;
  images: number;
  title: string;
}

const FOLDER = new URL('samples/', document.baseURI);

/** What the sample set holds, or null where the app is hosted without it. */
export async function sampleInfo(): Promise<SampleInfo | null> {
  const response = await fetch(new URL('samples.json', FOLDER)).catch(() => null);
  if (!response?.ok) return null;
  const info = (await response.json().catch(() => null)) as Partial<SampleInfo> | null;
  if (typeof info?.file !== 'string' || typeof info.images !== 'number' || typeof info.bytes !== 'number')
    return null;
  return { file: info.file, bytes: info.bytes, images: info.images, title: info.title ?? '' };
}

/** The sample set as an archive. Throws `archive` when it cannot be fetched. */
export async function fetchSample({ file }: SampleInfo): Promise<File> {
  const url = new URL(file, FOLDER);
  const response = await fetch(url).catch(() => null);
  if (!response?.ok)
    throw new TesseraError('archive', `The sample set could not be loaded from ${url.pathname}; try again.`);
  return new File([await response.blob()], file, { type: 'application/zip' });
}
