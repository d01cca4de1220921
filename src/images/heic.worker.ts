import { heicTo } from 'heic-to/csp';

/** Decodes one HEIC file at a time; answers with the bitmap, or with why there is none. */
self.onmessage = async ({ data }: MessageEvent<Blob>) => {
  try {
    const bitmap = await heicTo({
      blob: data,
      type: 'bitmap',
      options: { premultiplyAlpha: 'none', colorSpaceConversion: 'none' },
    });
    self.postMessage({ bitmap }, { transfer: [bitmap] });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
