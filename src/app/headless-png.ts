import type { Project, RowTable } from '../domain/project';
import type { Artifact } from '../exports/artifact';
import { pngImages } from '../exports/png-images';
import { safeName } from '../exports/safe-name';
import { zip, type ZipEntry } from '../exports/zip';
import { PngJob } from '../jobs/png-job';
import { original } from '../jobs/projects';
import { PNG_FILE } from './headless-pack';

/** The first `count` images of a project as PNG under their own paths made safe, in one ZIP. */
export function pngZip({ id }: Project, { paths }: RowTable, count: number): Artifact {
  const pictures = paths.map((path, row) => ({ path, read: () => original(id, row) }));
  async function* entries(): AsyncGenerator<ZipEntry> {
    const job = new PngJob();
    try {
      for (const { target, read } of pngImages(pictures, (image) => job.encode(image), count))
        yield { name: target.split('/').map(safeName).join('/'), input: (await read())! };
    } finally {
      job.dispose();
    }
  }
  return { name: PNG_FILE, type: 'application/zip', chunks: zip(entries()) };
}
