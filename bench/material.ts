import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Arguments } from '../cli/args';
import { shared } from '../test/shared';

/** Images whose folders are classes. */
export interface DataSet {
  name: string;
  source: Arguments['source'];
}

export interface Network {
  name: string;
  /** What the command takes: nothing for the default network, or `--model FILE`. */
  option: string[];
  /** Its ONNX file. */
  file: string;
}

export interface Material {
  sets: DataSet[];
  networks: Network[];
}

const DEFAULT = 'public/models/tessera-resnet18-half-v0.onnx';

/** The data sets and networks that are on this machine; what had to be unpacked is gone afterwards. */
export async function withMaterial<T>(work: (material: Material) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-material-'));
  try {
    return await work({ sets: dataSets(), networks: networks(folder) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function dataSets(): DataSet[] {
  const found = ['intel-scenes', 'caltech-mini'].flatMap((name): DataSet[] => {
    const path = shared(`data/${name}`);
    return path ? [{ name, source: { kind: 'folder', path } }] : [];
  });
  return [...found, { name: 'samples', source: { kind: 'archive', path: 'public/samples/samples.zip' } }];
}

function networks(folder: string): Network[] {
  const own: Network = { name: 'default', option: [], file: DEFAULT };
  const packed = shared('models/resnet18-imagenet-logits.onnx.gz');
  if (!packed) return [own];
  const file = join(folder, 'resnet18.onnx');
  writeFileSync(file, gunzipSync(readFileSync(packed)));
  return [own, { name: 'ResNet-18', option: ['--model', file], file }];
}
