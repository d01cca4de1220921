import { afterEach, describe, expect, it, vi } from 'vitest';
import { FAKE_SPEC, OTHER_SPEC, fakeImage, fakeThreads, fakeVector } from '../../test/fake-threads';
import { TesseraError } from '../domain/errors';
import { QueryPictures } from './query-picture';

afterEach(() => vi.useRealTimers());

const picture = (content: string): Blob => new Blob([fakeImage(content)]);

describe('a picture of no project', () => {
  it('gets the vector that the descriptor gives, from one network for all of them', async () => {
    const threads = fakeThreads();
    const pictures = new QueryPictures(threads);
    const answers = await Promise.all(
      ['a cat', 'a dog'].map((content) => pictures.embed(picture(content), FAKE_SPEC, 'auto')),
    );
    expect(answers.map((answer) => 'vector' in answer && [...answer.vector])).toEqual([
      fakeVector('a cat'),
      fakeVector('a dog'),
    ]);
    expect(answers[0]).toMatchObject({ width: 5, height: 2 });
    expect(threads.spawned()).toMatchObject({ networks: 1, decoders: 1 });
    pictures.close();
  });

  it('says why it has none', async () => {
    const pictures = new QueryPictures(fakeThreads());
    expect(await pictures.embed(picture('broken'), FAKE_SPEC, 'auto')).toMatchObject({
      skip: { code: 'broken' },
    });
    const thirteen = 'thirteen long';
    expect(await pictures.embed(picture(thirteen), FAKE_SPEC, 'auto')).toEqual({
      skip: { code: 'bad-embedding' },
    });
    pictures.close();
  });

  it('gets another network for another descriptor, and after a while without questions', async () => {
    vi.useFakeTimers();
    const threads = fakeThreads();
    const pictures = new QueryPictures(threads, 5000);
    await pictures.embed(picture('one'), FAKE_SPEC, 'auto');
    await pictures.embed(picture('two'), OTHER_SPEC, 'auto');
    expect(threads.spawned().networks).toBe(2);
    await vi.advanceTimersByTimeAsync(4000);
    await pictures.embed(picture('three'), OTHER_SPEC, 'auto');
    expect(threads.spawned().networks).toBe(2);
    await vi.advanceTimersByTimeAsync(6000);
    await pictures.embed(picture('four'), OTHER_SPEC, 'auto');
    expect(threads.spawned().networks).toBe(3);
    pictures.close();
  });

  it('goes on with a fresh network after a failure', async () => {
    const threads = fakeThreads();
    threads.beforeBatch = (call) => {
      if (call === 0) throw new TesseraError('model-run', 'the network stopped');
    };
    const pictures = new QueryPictures(threads);
    await expect(pictures.embed(picture('one'), FAKE_SPEC, 'wasm')).rejects.toMatchObject({
      code: 'model-run',
    });
    expect(await pictures.embed(picture('one'), FAKE_SPEC, 'wasm')).toHaveProperty('vector');
    expect(threads.spawned().networks).toBe(2);
    pictures.close();
  });
});
