import type { StageSeconds } from '../domain/progress';
import { sniff } from '../images/sniff';
import { mapAhead } from './ahead';
import type { PictureTask } from './announce';
import type { Control } from './control';
import { decoderCount, type DecodePool } from './decode-pool';
import { sha256 } from './hash';
import type { Desk } from './intake';
import type { Ledger, Picture } from './ledger';
import type { Target } from './prepare';

/** A batch is written when it has this many pictures or bytes. */
const BATCH = { pictures: 64, bytes: 16 << 20 };

export interface PictureContext {
  ledger: Ledger;
  desk: Desk;
  decoders: Pick<DecodePool, 'prepare'>;
  target: Target;
  control: Control;
  seconds: StageSeconds;
}

/**
 * Reads the files on the desk that rows without a picture wait for, and gives them to their rows. A file that is no picture
 * goes the way of all others, to be listed with its reason. `onPictures` is told the rows after each write. Errors:
 * `quota`, `store`, and what stopped `control`.
 */
export async function takePictures(
  context: PictureContext,
  onPictures: (rows: number[]) => void,
): Promise<void> {
  const { ledger, desk, control, seconds } = context;
  let batch: { task: PictureTask; picture: Picture }[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const start = performance.now();
    await ledger.attach(batch.map(({ picture }) => picture));
    for (const { task } of batch) desk.pictures.delete(task);
    seconds.store += (performance.now() - start) / 1000;
    onPictures(batch.map(({ picture }) => picture.row));
    batch = [];
    bytes = 0;
  };
  const read = mapAhead(tasks(desk, control), decoderCount, (task) => readPicture(task, context));
  for await (const { task, picture } of read) {
    if (!picture) {
      await asAnother(task, ledger, desk);
      continue;
    }
    batch.push({ task, picture });
    bytes += picture.bytes.length;
    if (batch.length >= BATCH.pictures || bytes >= BATCH.bytes) await flush();
  }
  await flush();
}

async function* tasks(desk: Desk, control: Control): AsyncGenerator<PictureTask> {
  for (const task of desk.pictures) {
    await control.pass();
    yield task;
  }
}

async function readPicture(
  task: PictureTask,
  { decoders, target, seconds }: PictureContext,
): Promise<{ task: PictureTask; picture: Picture | null }> {
  const { candidate, row, seq } = task;
  const start = performance.now();
  const bytes = await candidate
    .open()
    .then(async (source) => new Uint8Array(await source.arrayBuffer()))
    .catch(() => null);
  seconds.read += (performance.now() - start) / 1000;
  if (!bytes || !sniff(bytes)) return { task, picture: null };
  const hash = await sha256(bytes);
  // The decoder takes what it is given away.
  const answer = await decoders.prepare(bytes.slice(), target);
  if ('skip' in answer) return { task, picture: null };
  const { thumbnail, width, height, facts, seconds: spent } = answer.picture;
  seconds.decode += spent.decode;
  seconds.resize += spent.resize;
  const { path, size, modified } = candidate;
  return {
    task,
    picture: { row, seq, hash, width, height, thumbnail, facts, bytes, file: { path, size, modified } },
  };
}

async function asAnother(task: PictureTask, ledger: Ledger, desk: Desk): Promise<void> {
  const seq = await ledger.announce([task.candidate]);
  desk.pictures.delete(task);
  desk.add([{ candidate: task.candidate, seq }]);
}
