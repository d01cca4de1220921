declare global {
  interface Window {
    /** Fetches the files and decodes them once. */
    loadPictures: (files: string[]) => Promise<void>;
    /** Decodes them so many times, two at once. */
    decodePictures: (rounds: number) => Promise<void>;
  }
}

let pictures: ArrayBuffer[] = [];

async function decode(bytes: ArrayBuffer): Promise<void> {
  (await createImageBitmap(new Blob([bytes]))).close();
}

window.loadPictures = async (files) => {
  pictures = await Promise.all(files.map(async (file) => (await fetch(file)).arrayBuffer()));
  await window.decodePictures(1);
};

window.decodePictures = async (rounds) => {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < pictures.length * rounds) await decode(pictures[next++ % pictures.length]);
  };
  await Promise.all([lane(), lane()]);
};

export {};
