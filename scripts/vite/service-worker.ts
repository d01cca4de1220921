import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { build, type Plugin, type ResolvedConfig } from 'vite';
import type { BuildFile, BuildInfo } from '../../src/service-worker/build-info.ts';
import { POLICY } from './policy.ts';

const NAME = 'sw.js';

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else yield path;
  }
}

/** Every file of a build by address, with its hash; the service worker itself left out. */
export function buildFiles(dist: string): BuildFile[] {
  return [...walk(dist)]
    .map((path) => ({
      url: relative(dist, path).split(sep).join('/'),
      sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
      bytes: statSync(path).size,
    }))
    .filter(({ url }) => url !== NAME && !url.endsWith('.map'))
    .sort((a, b) => (a.url < b.url ? -1 : 1));
}

/** Builds `sw.js` beside the page once everything else is written, with the list of all files in it. */
export function serviceWorker(): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'tessera:service-worker',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    // Runs once the files of public/ lie there too, and not after a build that failed.
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const dist = resolve(config.root, config.build.outDir);
        const info: BuildInfo = { files: buildFiles(dist), policy: POLICY };
        await build({
          configFile: false,
          root: config.root,
          logLevel: 'warn',
          publicDir: false,
          define: { __BUILD_INFO__: JSON.stringify(info) },
          build: {
            target: config.build.target,
            outDir: dist,
            emptyOutDir: false,
            rollupOptions: {
              input: join(config.root, 'src/service-worker/sw.ts'),
              // A classic script, which every browser takes as a service worker.
              output: { format: 'iife', entryFileNames: NAME },
            },
          },
        });
      },
    },
  };
}
