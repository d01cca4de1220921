import { resolve } from 'node:path';
import { build } from 'vite';
import { expect, it } from 'vitest';
import { ROOT } from '../build-if-stale';
import { connectors } from './connectors';

/** The files of a build of the page's way to servers alone. */
async function built(wanted: boolean): Promise<string[]> {
  const entry = resolve(ROOT, 'src/jobs/remote.ts');
  const output = await build({
    root: ROOT,
    configFile: false,
    publicDir: false,
    logLevel: 'silent',
    plugins: [connectors(wanted)],
    worker: { format: 'es' },
    build: { write: false, lib: { entry, formats: ['es'], fileName: 'remote' } },
  });
  return [output]
    .flat()
    .flatMap((one) => ('output' in one ? one.output.map(({ fileName }) => fileName) : []));
}

it('keeps the connecting worker in a build, and leaves it out of one that shall not have it', async () => {
  expect((await built(true)).join()).toMatch(/connect\.worker/);
  expect((await built(false)).join()).not.toMatch(/connect\.worker/);
}, 60_000);
