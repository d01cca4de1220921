import type { ImageFacts } from '../domain/facts';
import type { RgbImage } from '../domain/image';
import type { Skip } from '../domain/files';
import type { StageSeconds } from '../domain/progress';
import { specKey, type EmbedSpec } from '../domain/spec';
import type { Donors } from '../store/donors';
import { mapAhead, withPauses, type Bell } from './ahead';
import type { Control } from './control';
import { decoderCount, type DecodePool } from './decode-pool';
import type { Inference } from './inference';
import type { Image, Ledger } from './ledger';
import type { Originals } from './originals';
import { targetOf } from './prepare';

/** Batches for each network: one it works on, one that waits for it. */
const IN_FLIGHT = 2;
/** Seconds after which a group that is not full goes to the network all the same: pictures may come slowly. */
const PATIENCE = 1;
/** Images of a group while nothing has asked for the network yet. */
const DEFAULT_BATCH = 16;

export interface EmbedContext {
  ledger: Ledger;
  spec: EmbedSpec;
  donors: Donors;
  originals: Originals;
  decoders: Pick<DecodePool, 'prepare'>;
  inference: Pick<Inference, 'start' | 'embed'>;
  control: Control;
  seconds: StageSeconds;
  /** Rung when there may be more to do. */
  news: Bell;
  /** Whether more images may still be read. */
  mayGrow: () => boolean;
}

/** An image on its way; `row` is null for one that is new. */
export interface Item {
  image: Image;
  row: number | null;
  picture?: { width: number; height: number; thumbnail: Uint8Array; facts: ImageFacts | null };
  input?: RgbImage;
  vector?: Float32Array;
  skip?: Skip;
}

/**
 * Everything that has no vector of the descriptor yet (of vectors from a file: every image that has no row): first the rows of other descriptors, in order, then new images
 * in order of reading. Yields groups of finished items in that order; decoding, the network and whoever consumes the
 * groups work at the same time.
 */
export function embedAll(context: EmbedContext): AsyncGenerator<Item[]> {
  let batch = DEFAULT_BATCH;
  let inFlight = IN_FLIGHT;
  const ahead = (): number => (inFlight + 1) * batch + decoderCount();
  const prepared = mapAhead(pendingItems(context), ahead, (item) => prepareItem(context, item));
  const groups = grouped(prepared, async (item) => {
    if (!item.input) return batch;
    const started = await context.inference.start();
    inFlight = IN_FLIGHT * started.networks;
    return (batch = started.batch);
  });
  return mapAhead(
    groups,
    () => inFlight,
    (group) => infer(context, group),
  );
}

async function* pendingItems(context: EmbedContext): AsyncGenerator<Item> {
  const { ledger, spec, control, news, mayGrow } = context;
  if (spec.kind !== 'vectors')
    for (let row = ledger.covered(specKey(spec)); row < ledger.rows.length; row++) {
      await control.pass();
      yield { image: ledger.rows[row], row };
    }
  for (let next = 0; ;) {
    await control.pass();
    const image = ledger.order[next];
    if (image) {
      next++;
      if (image.row === null && !image.skip) yield { image, row: null };
    } else if (mayGrow()) await control.news(news);
    else return;
  }
}

async function prepareItem(context: EmbedContext, item: Item): Promise<Item> {
  const { donors, decoders, inference, spec, seconds } = context;
  const { hash } = item.image;
  const known = await donors.get(hash);
  if (known?.picture) return { ...item, vector: known.vector, picture: known.picture };
  if (known && item.row !== null) return { ...item, vector: known.vector };
  // The network loads while the first pictures are decoded; whether it works is asked where it is used.
  const isComputed = spec.kind !== 'vectors';
  if (!known && isComputed) inference.start().catch(() => undefined);
  const original = await context.originals.get(hash);
  if (!original) return { ...item, skip: { code: 'unreadable', detail: 'the bytes kept of it are gone' } };
  const answer = await decoders.prepare(original, targetOf(spec));
  if ('skip' in answer) return { ...item, skip: answer.skip };
  const { input, thumbnail, width, height, facts, seconds: spent } = answer.picture;
  seconds.decode += spent.decode;
  seconds.resize += spent.resize;
  const picture = { width, height, thumbnail, facts };
  if (!isComputed) return { ...item, picture };
  return known ? { ...item, picture, vector: known.vector } : { ...item, picture, input };
}

/** Groups in which as many items need the network as it takes at once; a group never waits past the end. */
async function* grouped(
  items: AsyncIterable<Item>,
  sizeFor: (item: Item) => Promise<number>,
): AsyncGenerator<Item[]> {
  let group: Item[] = [];
  for await (const item of withPauses(items, PATIENCE)) {
    if (!item) {
      if (group.length) yield group;
      group = [];
      continue;
    }
    const size = await sizeFor(item);
    group.push(item);
    if (group.filter(({ input }) => input).length < size && group.length < 2 * size) continue;
    yield group;
    group = [];
  }
  if (group.length) yield group;
}

async function infer({ inference, control, seconds }: EmbedContext, group: Item[]): Promise<Item[]> {
  const asked = group.filter(({ input }) => input);
  if (!asked.length) return group;
  await control.pass();
  const answer = await inference.embed(asked.map(({ input }) => input!));
  seconds.infer += answer.seconds;
  const bad = new Set(answer.bad);
  // Measured, not `spec.dim`: that is 0 where the network's file does not tell.
  const dim = answer.vectors.length / asked.length;
  asked.forEach((item, i) => {
    delete item.input;
    if (bad.has(i)) item.skip = { code: 'bad-embedding' };
    else item.vector = answer.vectors.slice(i * dim, (i + 1) * dim);
  });
  return group;
}
