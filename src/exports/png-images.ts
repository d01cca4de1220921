/** A picture that is read when its turn comes; null when its original is not here. */
interface Readable {
  path: string;
  target?: string;
  read(): Promise<Blob | null>;
}

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * The first `limit` pictures as PNG, to be named (`target`) after their paths with that ending. One that is PNG already is given
 * byte for byte; the others are made by `encode` when they are read.
 */
export function* pngImages<P extends Readable>(
  pictures: Iterable<P>,
  encode: (original: Blob) => Promise<Blob>,
  limit = Infinity,
): Generator<P & { target: string }> {
  let count = 0;
  for (const picture of pictures) {
    if (count++ === limit) return;
    const read = async (): Promise<Blob | null> => {
      const original = await picture.read();
      return original && !(await isPng(original)) ? encode(original) : original;
    };
    yield { ...picture, target: pngPath(picture.path), read };
  }
}

/** `a/b.jpg` as `a/b.png`; a name without an ending gets one. */
function pngPath(path: string): string {
  return path.replace(/(?<=[^/])\.[^./]*$|$/, '.png');
}

async function isPng(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, PNG.length).arrayBuffer());
  return PNG.every((byte, i) => head[i] === byte);
}
