import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readShared, shared } from '../../test/shared';
import { specKey } from '../domain/spec';
import { DEFAULT_MODEL, defaultSpec, parseCatalogue } from './catalogue';
import { sha256Hex } from './hash';

const json: unknown = JSON.parse(readFileSync('public/models/catalogue.json', 'utf8'));

describe('catalogue.json', () => {
  const entries = parseCatalogue(json);

  it('begins with the default network, whose file and card are there', async () => {
    expect(entries[0]).toEqual(DEFAULT_MODEL);
    const bytes = new Uint8Array(readFileSync(`public/${DEFAULT_MODEL.url}`));
    expect(bytes.length).toBe(DEFAULT_MODEL.bytes);
    expect(await sha256Hex(bytes)).toBe(DEFAULT_MODEL.sha256);
    expect(readFileSync(`public/${DEFAULT_MODEL.card}`, 'utf8')).toContain(DEFAULT_MODEL.sha256);
  });

  it('names each network once, at a pinned address that other origins may read', () => {
    expect(new Set(entries.map((entry) => entry.id)).size).toBe(entries.length);
    expect(new Set(entries.map((entry) => entry.sha256)).size).toBe(entries.length);
    for (const { url } of entries.slice(1))
      expect(url).toMatch(
        /^https:\/\/media\.githubusercontent\.com\/media\/onnx\/models\/[0-9a-f]{40}\/\S+\.onnx$/,
      );
  });

  it.skipIf(!shared('models/CATALOGUE.md'))('agrees with the list of pins (needs shared models)', () => {
    const pins = readShared('models/CATALOGUE.md').toString();
    const rows = [...pins.matchAll(/^\| (\S+) \| `([^`]+)` \| (\d+) \| `(\w{64})` \|$/gm)];
    expect(rows.length).toBeGreaterThan(10);
    const listed = entries
      .slice(1)
      .map(({ id, url, bytes, sha256 }) => [id, url.split('/').slice(7).join('/'), `${bytes}`, sha256]);
    expect(listed).toEqual(rows.map((row) => row.slice(1)));
  });
});

describe('parseCatalogue', () => {
  const entry = { id: 'a', title: 'A', url: 'a.onnx', bytes: 5, sha256: 'a'.repeat(64), licence: 'MIT' };

  it('drops fields that it does not know', () => {
    expect(parseCatalogue({ models: [{ ...entry, more: 1 }] })).toEqual([
      { ...entry, card: null, use: null },
    ]);
  });

  it.each([
    ['no list', {}, 'no list'],
    ['null', null, 'no list'],
    [
      'a missing title',
      { models: [{ ...entry, title: undefined }] },
      'Entry 1 of the catalogue has no "title"',
    ],
    ['no size', { models: [entry, { ...entry, bytes: 0 }] }, 'Entry 2 of the catalogue has no "bytes"'],
    ['a bad hash', { models: [{ ...entry, sha256: 'xyz' }] }, 'bad "sha256"'],
    ['no object', { models: [7] }, 'Entry 1'],
  ])('refuses %s', (_, value, message) => {
    expect(() => parseCatalogue(value)).toThrow(message);
  });
});

describe('defaultSpec', () => {
  it('is a descriptor of its own for each way of resizing', () => {
    expect(defaultSpec('squash')).toMatchObject({
      kind: 'network',
      dim: 256,
      resize: 'squash',
      input: { width: 128 },
    });
    expect(specKey(defaultSpec('squash'))).not.toBe(specKey(defaultSpec('crop')));
  });
});
