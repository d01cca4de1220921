import { it } from 'vitest';
import { fetchShared } from '../../test/shared.browser';
import { decodeImage } from './decode';
import { preprocess } from './preprocess';
import { makeThumbnail } from './thumbnail';
import { resize } from './resize';
import { readOpaque } from './readback';
import { prepareImage } from './prepare';
it('bench', async () => {
  for (const f of ['n02086646_blenheim_spaniel.jpg', 'n01644373_tree_frog.jpg', 'rgba.png']) {
    const bytes = await fetchShared('data/golden/images/' + f);
    const image = await decodeImage(bytes);
    const bm = await createImageBitmap(new Blob([bytes]));
    const time = async (name: string, fn: () => unknown) => {
      for (let i = 0; i < 30; i++) await fn();
      const ts = [];
      for (let i = 0; i < 60; i++) {
        const t = performance.now();
        await fn();
        ts.push(performance.now() - t);
      }
      ts.sort((a, b) => a - b);
      console.log(f, name, ts[30].toFixed(2), 'min', ts[0].toFixed(2));
    };
    await time('createImageBitmap', () => createImageBitmap(new Blob([bytes])));
    await time('createImageBitmap opts', () =>
      createImageBitmap(new Blob([bytes]), { premultiplyAlpha: 'none', colorSpaceConversion: 'none' }),
    );
    await time('readOpaque', () => readOpaque(bm));
    await time('decodeImage', () => decodeImage(bytes));
    await time('squash', () => preprocess(image, { width: 224, height: 224, resize: 'squash' }));
    await time('crop', () => preprocess(image, { width: 224, height: 224, resize: 'crop' }));
    await time('thumb', () => makeThumbnail(image));
    await time('thumb resize', () => resize(image, 128, 96));
    await time('prepare', () => prepareImage(bytes, { width: 224, height: 224, resize: 'squash' }));
  }
  const c = new OffscreenCanvas(4000, 3000);
  const x = c.getContext('2d')!;
  for (let i = 0; i < 500; i++) {
    x.fillStyle = `hsl(${(i * 37) % 360} 80% 50%)`;
    x.fillRect((i * 91) % 4000, (i * 57) % 3000, 300, 200);
  }
  const big = new Uint8Array(await (await c.convertToBlob({ type: 'image/jpeg' })).arrayBuffer());
  for (let i = 0; i < 3; i++) {
    const t = performance.now();
    const im = await decodeImage(big);
    const t1 = performance.now();
    resize(im, 224, 224);
    const t2 = performance.now();
    await makeThumbnail(im);
    console.log(
      '12MP decode',
      (t1 - t).toFixed(0),
      'resize',
      (t2 - t1).toFixed(0),
      'thumb',
      (performance.now() - t2).toFixed(0),
    );
  }
});
