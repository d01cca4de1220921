import { expect, it } from 'vitest';
import golden from '../../test/golden/formats.json';

/** A module worker that prepares the pictures it is sent, as the pipeline does. */
const SOURCE = `
  import { prepareImage } from '${location.origin}/src/images/prepare.ts';
  onmessage = async ({ data }) => {
    const { width, height, input, thumbnail } = await prepareImage(data, { width: 8, height: 8, resize: 'crop' });
    postMessage([width, height, input.data.length, thumbnail.length > 0]);
  };`;

it.each(['jpeg, 4:2:0', 'png, alpha over hidden colour', 'gif'])(
  '%s is prepared in a worker',
  async (name) => {
    const { file, width, height } = golden.find((entry) => entry.name === name)!;
    const worker = new Worker(URL.createObjectURL(new Blob([SOURCE], { type: 'text/javascript' })), {
      type: 'module',
    });
    const answer = new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
    worker.postMessage(Uint8Array.from(atob(file), (c) => c.charCodeAt(0)));
    expect(await answer).toEqual([width, height, 8 * 8 * 3, true]);
    worker.terminate();
  },
);
