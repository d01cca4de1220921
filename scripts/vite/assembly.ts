import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import asc from 'assemblyscript/asc';
import type { Plugin } from 'vite';

/** Pages of 64 KiB: all that a 32-bit module can address. */
const MOST_PAGES = 65_536;

const OPTIONS = [
  '-O3',
  '--noAssert',
  '--runtime',
  'stub',
  '--use',
  'abort=',
  '--enable',
  'simd',
  '--importMemory',
];
const SHARED = ['--enable', 'threads', '--sharedMemory', '--maximumMemory', String(MOST_PAGES)];

/**
 * Compiles AssemblyScript where it is imported: `./assembly/name.ts?assembly` gives the module's bytes, which import their
 * memory as `env.memory`; `?assembly&shared` those for a shared memory.
 */
export function assembly(): Plugin {
  return {
    name: 'tessera:assembly',
    enforce: 'pre',
    async load(id) {
      const [file, query] = id.split('?');
      const asked = new URLSearchParams(query);
      if (!asked.has('assembly')) return null;
      const { bytes, sources } = await compile(file, asked.has('shared'));
      for (const source of sources) this.addWatchFile(source);
      const base64 = Buffer.from(bytes).toString('base64');
      return {
        code: `export default Uint8Array.from(atob('${base64}'), (c) => c.charCodeAt(0));`,
        map: null,
      };
    },
  };
}

async function compile(file: string, shared: boolean): Promise<{ bytes: Uint8Array; sources: string[] }> {
  const folder = dirname(file);
  const sources: string[] = [];
  let bytes: Uint8Array | null = null;
  const messages = asc.createMemoryStream();
  const { error } = await asc.main(
    [file.slice(folder.length + 1), '--outFile', 'out.wasm', ...OPTIONS, ...(shared ? SHARED : [])],
    {
      stderr: messages,
      readFile: async (name, base) => {
        const path = resolve(folder, base ?? '', name);
        const text = await readFile(path, 'utf8').catch(() => null);
        if (text !== null) sources.push(path);
        return text;
      },
      writeFile: (_name, contents) => {
        bytes = contents as Uint8Array;
      },
      listFiles: () => [],
    },
  );
  if (error || !bytes) throw new Error(`${file}: ${messages.toString() || error?.message}`);
  return { bytes, sources };
}
