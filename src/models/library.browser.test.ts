import { afterEach, describe, expect, it, vi } from 'vitest';
import { closeCache, findCached, readCached } from './cache';
import { DEFAULT_MODEL, type CatalogueEntry } from './catalogue';
import { sha256Hex } from './hash';
import { addModel, fetchModel, getModelBytes, inspect, list, removeModel } from './library';

const files = import.meta.glob<string>('../../test/fixtures/onnx/*.onnx', {
  query: '?url',
  import: 'default',
  eager: true,
});

async function fixture(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(files[`../../test/fixtures/onnx/${name}.onnx`]);
  return new Uint8Array(await response.arrayBuffer());
}

const asFile = async (name: string) => new File([await fixture(name)], `${name}.onnx`);

/** A catalogue entry for a fixture behind an address that only this test answers. */
async function published(name: string): Promise<CatalogueEntry> {
  const bytes = await fixture(name);
  const [sha256, url] = [await sha256Hex(bytes), `https://models.invalid/${name}.onnx`];
  return { id: name, title: name, url, bytes: bytes.length, sha256, licence: 'MIT', card: null, use: null };
}

afterEach(async () => {
  vi.restoreAllMocks();
  for (const entry of await list()) if (entry.origin !== 'app') await removeModel(entry.sha256);
});

describe('the library', () => {
  it('lists the catalogue with the default network first and ready', async () => {
    const entries = await list();
    expect(entries[0]).toMatchObject({ id: DEFAULT_MODEL.id, origin: 'app', ready: true });
    expect(entries.find((entry) => entry.id === 'vgg16-12')).toMatchObject({
      origin: 'catalogue',
      ready: false,
      received: 0,
    });
  });

  it('gives the bytes of the default network, whole', async () => {
    const bytes = await getModelBytes(DEFAULT_MODEL.sha256);
    expect(await sha256Hex(bytes)).toBe(DEFAULT_MODEL.sha256);
    const network = await inspect(DEFAULT_MODEL);
    expect(network.detected).toMatchObject({ certain: true, input: { width: 128 } });
  });

  it('refuses a damaged file of the app', async () => {
    vi.spyOn(window, 'fetch').mockImplementation(async () => new Response('<html>not found</html>'));
    await expect(getModelBytes(DEFAULT_MODEL.sha256)).rejects.toMatchObject({ code: 'model-hash' });
  });

  it('says where a network is missing', async () => {
    await expect(getModelBytes('0'.repeat(64))).rejects.toMatchObject({ code: 'model-download' });
  });

  it('keeps a dropped file over a reload, lists it and forgets it', async () => {
    const network = await addModel(await asFile('vgg'));
    expect(network).toMatchObject({ title: 'vgg', proposed: { name: 'fc7' } });
    await closeCache();
    expect(await getModelBytes(network.sha256)).toEqual(await fixture('vgg'));
    expect((await list()).at(-1)).toMatchObject({
      title: 'vgg',
      origin: 'added',
      ready: true,
      sha256: network.sha256,
    });
    await removeModel(network.sha256);
    expect(await readCached(network.sha256)).toBeNull();
    expect((await list()).some((entry) => entry.title === 'vgg')).toBe(false);
  });

  it('takes the same file twice', async () => {
    const first = await addModel(await asFile('vgg'));
    expect((await addModel(await asFile('vgg'))).sha256).toBe(first.sha256);
    expect((await list()).filter((entry) => entry.origin === 'added')).toHaveLength(1);
  });

  it.each([
    ['two-inputs', 'model-inputs'],
    ['external', 'model-not-onnx'],
    ['no-layer', 'model-no-layer'],
  ])('does not keep %s', async (name, code) => {
    await expect(addModel(await asFile(name))).rejects.toMatchObject({ code });
    expect(await findCached(await sha256Hex(await fixture(name)))).toBeNull();
  });

  it('downloads, goes on after a break, and then needs no network', async () => {
    const entry = await published('resnet');
    const bytes = await fixture('resnet');
    const asked: (string | null)[] = [];
    vi.spyOn(window, 'fetch').mockImplementation(async (_, init) => {
      const range = new Headers(init?.headers).get('range');
      asked.push(range);
      if (range) return new Response(bytes.slice(4000), { status: 206 });
      const stream = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(bytes.slice(0, 4000)),
        pull: (controller) => controller.error(new TypeError('network error')),
      });
      return new Response(stream);
    });
    await expect(fetchModel(entry)).rejects.toMatchObject({
      code: 'model-download',
      params: { received: 4000 },
    });
    expect(await findCached(entry.sha256)).toMatchObject({ received: 4000, complete: false });
    await expect(getModelBytes(entry.sha256)).rejects.toMatchObject({ code: 'model-download' });
    await closeCache();
    await fetchModel(entry);
    expect(asked).toEqual([null, 'bytes=4000-']);
    await fetchModel(entry);
    expect(asked).toHaveLength(2);
    expect(await getModelBytes(entry.sha256)).toEqual(bytes);
  });

  it('refuses a flipped byte and keeps nothing of it', async () => {
    const entry = await published('resnet');
    const bytes = await fixture('resnet');
    bytes[100] ^= 1;
    vi.spyOn(window, 'fetch').mockImplementation(async () => new Response(bytes));
    await expect(fetchModel(entry)).rejects.toMatchObject({ code: 'model-hash' });
    expect(await findCached(entry.sha256)).toBeNull();
  });

  it('downloads once when asked twice at the same time', async () => {
    const entry = await published('nhwc');
    const bytes = await fixture('nhwc');
    const fetched = vi.spyOn(window, 'fetch').mockImplementation(async () => new Response(bytes));
    await Promise.all([fetchModel(entry), fetchModel(entry)]);
    expect(fetched).toHaveBeenCalledTimes(1);
    expect(await getModelBytes(entry.sha256)).toEqual(await fixture('nhwc'));
  });
});
