import { describe, expect, it, vi } from 'vitest';
import type { Ranking } from '../../domain/search';
import { RAW_PIXELS } from '../../domain/spec';
import { ImageSearch, shownRanks, type SearchHost } from './image-search.svelte';

const ranking: Ranking = {
  rows: Uint32Array.of(4, 2),
  distances: Float64Array.of(1, 3),
  within: null,
  n: 5,
  engine: 'cpu',
};
const picture = { vector: Float32Array.of(1, 2), thumbnail: new Uint8Array(1), width: 3, height: 4 };

function host() {
  const life = new AbortController();
  const made = {
    project: { spec: RAW_PIXELS },
    life: life.signal,
    search: vi.fn<SearchHost['search']>(async () => [ranking]),
    embedPicture: vi.fn<SearchHost['embedPicture']>(async () => picture),
  };
  return made as typeof made & SearchHost;
}
const file = new File(['x'], 'new.png');

describe('a search', () => {
  it('by images of the project', async () => {
    const asked = host();
    const search = new ImageSearch(asked);
    await search.withRows([]);
    expect(search.subject).toBeNull();
    await search.withRows([3, 1]);
    expect(asked.search.mock.lastCall![0]).toEqual({ rows: Uint32Array.of(3, 1) });
    expect(asked.search.mock.lastCall![1]).toMatchObject({ metric: 'euclidean', from: 0, count: 60 });
    expect(search.ranking).toBe(ranking);
  });

  it('by a picture that is embedded and not added', async () => {
    const asked = host();
    const search = new ImageSearch(asked);
    await search.withPicture(file);
    expect(asked.embedPicture).toHaveBeenCalledWith(file);
    expect(asked.search.mock.lastCall![0]).toEqual({ vectors: picture.vector, q: 1 });
    expect(search.subject).toMatchObject({ kind: 'picture', picture });
    expect(search.embedding).toBe(false);
  });

  it('says why a picture cannot be looked at, or the network failed', async () => {
    const asked = host();
    const search = new ImageSearch(asked);
    asked.embedPicture.mockResolvedValueOnce({ skip: { code: 'broken' } });
    await search.withPicture(file);
    expect(search.skip).toEqual({ code: 'broken' });
    asked.embedPicture.mockRejectedValueOnce(new Error('no'));
    await search.withPicture(file);
    expect(search).toMatchObject({ skip: null, error: { code: 'internal' }, embedding: false });
    expect(asked.search).not.toHaveBeenCalled();
  });

  it('makes no vector of a picture where the project has those of a file', async () => {
    const asked = host();
    asked.project = { spec: { kind: 'vectors' } } as never;
    const search = new ImageSearch(asked);
    await search.withPicture(file);
    expect(search.takesPictures).toBe(false);
    expect(asked.embedPicture).not.toHaveBeenCalled();
  });

  it('forgets an answer that is too late', async () => {
    const asked = host();
    const search = new ImageSearch(asked);
    let answer: (value: typeof picture) => void = () => undefined;
    asked.embedPicture.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    const first = search.withPicture(file);
    await search.withRows([2]);
    answer(picture);
    await first;
    expect(search.subject).toEqual({ kind: 'rows', rows: Uint32Array.of(2) });
    expect(asked.search).toHaveBeenCalledTimes(1);
  });

  it('asks again when something is changed; a distance is forgotten with its measure', async () => {
    const asked = host();
    const search = new ImageSearch(asked);
    await search.withRows([2]);
    search.choose({ from: 60 });
    expect(asked.search.mock.lastCall![1]).toMatchObject({ from: 60 });
    search.choose({ within: 2 });
    expect(asked.search.mock.lastCall![1]).toMatchObject({ from: 0, within: 2 });
    search.choose({ metric: 'cosine' });
    expect(asked.search.mock.lastCall![1]).toMatchObject({ metric: 'cosine', within: null });
  });

  it('is over when another project is opened', async () => {
    const asked = host();
    const search = new ImageSearch(asked);
    await search.withRows([2]);
    asked.life = new AbortController().signal;
    expect(search.subject).toBeNull();
    expect(search.ranking).toBeNull();
  });
});

it('shows the ranks within a distance', () => {
  expect(shownRanks(ranking, null)).toBe(2);
  expect(shownRanks(ranking, 1)).toBe(1);
  expect(shownRanks(ranking, 0.5)).toBe(0);
  expect(shownRanks(ranking, 9)).toBe(2);
});
