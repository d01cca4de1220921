import { afterEach, expect, it, vi } from 'vitest';
import { TesseraError } from '../domain/errors';
import { addModel, fetchModel, inspectModel, listModels, removeModel, type CatalogueEntry } from './models';

const fixtures = import.meta.glob<string>('../../test/fixtures/onnx/*.onnx', {
  query: '?url',
  import: 'default',
  eager: true,
});

async function fixture(name: string): Promise<File> {
  const response = await fetch(fixtures[`../../test/fixtures/onnx/${name}.onnx`]);
  return new File([await response.arrayBuffer()], `${name}.onnx`);
}

afterEach(async () => {
  vi.restoreAllMocks();
  for (const { origin, sha256 } of await listModels()) if (origin !== 'app') await removeModel(sha256);
});

it('reads, hashes, keeps, lists and forgets a dropped network, none of it on this thread', async () => {
  const digest = vi.spyOn(crypto.subtle, 'digest');
  const network = await addModel(await fixture('resnet'));
  expect(digest).not.toHaveBeenCalled();
  expect(network.sha256).toMatch(/^[\da-f]{64}$/);
  const entry = (await listModels()).find(({ sha256 }) => sha256 === network.sha256)!;
  expect(entry).toMatchObject({ title: 'resnet', origin: 'added', ready: true });
  expect(await inspectModel(entry)).toEqual(network);
  await removeModel(network.sha256);
  expect((await listModels()).some(({ sha256 }) => sha256 === network.sha256)).toBe(false);
});

it('refuses what is no network with the code of what is wrong', async () => {
  const text = new File(['This is not a network.'], 'text.onnx');
  await expect(addModel(text)).rejects.toMatchObject({ code: 'model-not-onnx' });
});

/** A catalogue entry of the fixture, at the address that this test's own server has it at. */
async function published(name: string): Promise<CatalogueEntry> {
  const file = await fixture(name);
  const { sha256 } = await addModel(file);
  await removeModel(sha256);
  const url = new URL(fixtures[`../../test/fixtures/onnx/${name}.onnx`], location.href).href;
  return { id: name, title: name, url, bytes: file.size, sha256, licence: 'MIT', card: null, use: null };
}

it('downloads with progress, refuses another file, and stops before it began', async () => {
  const entry = await published('resnet');
  const told: [number, number][] = [];
  await fetchModel(entry, { onProgress: (received, total) => told.push([received, total]) });
  expect(told.at(-1)).toEqual([entry.bytes, entry.bytes]);
  await removeModel(entry.sha256);

  const wrong = { ...entry, sha256: '0'.repeat(64) };
  await expect(fetchModel(wrong)).rejects.toMatchObject({ code: 'model-hash' });

  const stop = new AbortController();
  stop.abort();
  const error = await fetchModel(entry, { signal: stop.signal }).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TesseraError);
  expect(error).toMatchObject({ code: 'cancelled' });
  expect((await listModels()).find(({ sha256 }) => sha256 === entry.sha256)?.ready ?? false).toBe(false);
});
