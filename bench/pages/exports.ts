import { RAW_PIXELS } from '../../src/domain/spec';
import type { Artifact } from '../../src/exports/artifact';
import { artifactStream } from '../../src/exports/artifact';
import { matrixNpy } from '../../src/exports/embeddings';
import type { OutTable } from '../../src/exports/out-table';
import { tableParquet } from '../../src/exports/parquet';
import { tableCsv } from '../../src/exports/text-tables';
import { storedVectors } from '../../src/jobs/vectors';
import { createProject } from '../../src/store/projects';
import { commitVectors } from '../../src/store/vectors';

export interface ExportsTask {
  n: number;
  d: number;
}

export interface Written {
  file: string;
  bytes: number;
  seconds: number;
}

declare global {
  interface Window {
    writeExports: (task: ExportsTask) => Promise<Written[]>;
    stage: string;
  }
}

const SPEC = 'made up';
/** Rows that are committed together, as in a run. */
const CHUNK = 256;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function stored(id: string, { n, d }: ExportsTask): Promise<void> {
  const noise = Float32Array.from({ length: d + CHUNK }, (_, i) => Math.sin(i * 12.9898));
  for (let row0 = 0; row0 < n; row0 += CHUNK) {
    const rows = Array.from({ length: Math.min(CHUNK, n - row0) }, (_, i) => noise.slice(i, i + d));
    await commitVectors(id, SPEC, row0, rows, []);
  }
}

/** Writes a file of the page's own, as a picked one is written, and removes it. */
async function write({ name, chunks, type }: Artifact): Promise<Written> {
  window.stage = name;
  const root = await navigator.storage.getDirectory();
  const handle = await root.getFileHandle(name, { create: true });
  const started = performance.now();
  await artifactStream({ name, chunks, type }).pipeTo(await handle.createWritable());
  const seconds = (performance.now() - started) / 1000;
  const { size } = await handle.getFile();
  await root.removeEntry(name);
  return { file: name, bytes: size, seconds };
}

window.writeExports = async (task) => {
  window.stage = 'fill';
  const project = { name: 'exports', spec: RAW_PIXELS, backend: 'auto', seed: 1, k: null } as const;
  const { id } = await createProject({ ...project, kMin: 5, kMax: 30 });
  await stored(id, task);
  const { n, d, blocks } = await storedVectors(id, SPEC);
  const table: OutTable = {
    name: 'embeddings',
    n,
    columns: [
      { name: 'path', type: 'text', at: (i) => `folder ${i % 97}/image ${i}.jpg` },
      { name: 'cluster', type: 'integer', at: (i) => i % 24 },
      { name: 'distance', type: 'float', at: (i) => Math.fround(Math.sqrt(i)) },
    ],
  };
  const written: Written[] = [];
  for (const make of [
    () => matrixNpy({ rows: n, dim: d, chunks: blocks() }),
    () => tableParquet(table, { name: 'vector', d, blocks: () => blocks() }),
    () => tableParquet({ ...table, name: 'labels' }),
    () => tableCsv({ ...table, name: 'labels' }),
  ]) {
    window.stage = 'rest';
    await pause(5_000);
    written.push(await write(make()));
  }
  return written;
};
