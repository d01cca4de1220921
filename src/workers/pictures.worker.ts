import { expose, transfer } from 'comlink';
import type { SheetPage } from '../domain/contact-sheet';
import type { PicturesService, PictureSet, PixelSummary } from '../domain/pictures';
import { sheetPage } from '../pipeline/sheet-page';
import { summarisePixels } from '../pipeline/summarise-pixels';
import { carryErrors } from './errors';

carryErrors();

/** Pictures of many pictures. Whoever wants an end of it ends the worker. */
class Pictures implements PicturesService {
  async summarise(set: PictureSet, progress: (fraction: number) => void): Promise<PixelSummary> {
    const made = await summarisePixels(set, progress);
    return transfer(made, [made.mean.buffer, made.median.buffer, made.spread.buffer]);
  }

  sheetPage(projectId: string, page: SheetPage): Promise<{ png: Blob; missing: number }> {
    return sheetPage(projectId, page);
  }
}

expose(new Pictures());
