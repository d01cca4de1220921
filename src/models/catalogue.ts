import type { InputSpec, NetworkSpec, ResizeMode } from '../domain/spec';
import { NORMALISATIONS } from './normalisations';

/** A network that can be had: delivered with the app, or published elsewhere. */
export interface CatalogueEntry {
  id: string;
  title: string;
  /** Where the file is; relative addresses are relative to the app. */
  url: string;
  bytes: number;
  /** Hex. */
  sha256: string;
  licence: string;
  /** The model card, relative to the app; null when there is none here. */
  card: string | null;
  /** How to use it, where that is known for sure; otherwise it is read from the file. */
  use: { layer: string; dim: number; input: InputSpec } | null;
}

/** The network that a new project uses; it is part of the app. The same entry is in `catalogue.json`. */
export const DEFAULT_MODEL: CatalogueEntry & { use: NonNullable<CatalogueEntry['use']> } = {
  id: 'tessera-resnet18-half-v0',
  title: 'Tessera ResNet-18, half width, v0',
  url: 'models/tessera-resnet18-half-v0.onnx',
  bytes: 5606380,
  sha256: '6bf3bb119e4e7816e3f86bd302f7b8c72ec0c37888574d80f0348e16325a4b86',
  licence: 'MIT',
  card: 'models/tessera-resnet18-half-v0.md',
  use: {
    layer: 'embedding',
    dim: 256,
    input: { name: 'input', width: 128, height: 128, layout: 'NCHW', ...NORMALISATIONS.imagenet },
  },
};

/** The descriptor of a new project. */
export function defaultSpec(resize: ResizeMode): NetworkSpec {
  const { sha256, title, use } = DEFAULT_MODEL;
  return {
    kind: 'network',
    sha256,
    title,
    layer: use.layer,
    pool: 'none',
    dim: use.dim,
    input: use.input,
    resize,
  };
}

/** Checks a catalogue field by field and drops what it does not know. @throws Error naming the entry that is wrong. */
export function parseCatalogue(json: unknown): CatalogueEntry[] {
  if (!isRecord(json) || !Array.isArray(json['models']))
    throw new Error('The catalogue has no list "models".');
  return json['models'].map(parseEntry);
}

function parseEntry(value: unknown, index: number): CatalogueEntry {
  const entry = isRecord(value) ? value : {};
  const text = (key: string): string => {
    const found = entry[key];
    if (typeof found !== 'string' || found === '')
      throw new Error(`Entry ${index + 1} of the catalogue has no "${key}".`);
    return found;
  };
  const bytes = entry['bytes'];
  if (typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes <= 0)
    throw new Error(`Entry ${index + 1} of the catalogue has no "bytes".`);
  if (!/^[0-9a-f]{64}$/.test(text('sha256')))
    throw new Error(`Entry ${index + 1} of the catalogue has a bad "sha256".`);
  const sha256 = text('sha256');
  return {
    id: text('id'),
    title: text('title'),
    url: text('url'),
    bytes,
    sha256,
    licence: text('licence'),
    card: typeof entry['card'] === 'string' ? entry['card'] : null,
    use: sha256 === DEFAULT_MODEL.sha256 ? DEFAULT_MODEL.use : null,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
