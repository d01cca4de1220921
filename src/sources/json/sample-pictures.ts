import type { JsonShape } from '../../domain/records';
import { reasonOf } from '../fault';
import { pictureIn } from './picture';
import { readJsonImages } from './json-images';

/** What the first records of a file hold in one field. */
export interface PictureSample {
  /** Records that were looked at, and how many of them have a picture there. */
  looked: number;
  found: number;
  /** The first pictures, named as they will be. */
  pictures: File[];
  /** What is wrong with the first record that has none. */
  fault: string | null;
}

/** Records that are looked at, and pictures that are decoded. */
const LOOK = 20;
const SHOW = 8;

/** Takes the pictures of a field from the first records of a file. Errors: `read-file`. */
export async function samplePictures(
  file: File,
  shape: JsonShape,
  imageField: string,
): Promise<PictureSample> {
  const sample: PictureSample = { looked: 0, found: 0, pictures: [], fault: null };
  for await (const images of readJsonImages(file, { shape, imageField }))
    for (const { entry, record } of images) {
      if (sample.looked === LOOK) return sample;
      sample.looked++;
      try {
        const picture = await entry.read();
        if (!pictureIn(record.places.get(imageField)!.head))
          throw new Error(`line ${record.line}: the text of the field is no picture`);
        sample.found++;
        if (sample.pictures.length < SHOW) sample.pictures.push(new File([picture], entry.path));
      } catch (error) {
        sample.fault ??= reasonOf(error);
      }
    }
  return sample;
}
