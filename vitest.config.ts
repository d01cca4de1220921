import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, ensureChromium } from './scripts/chromium.ts';
import { assembly } from './scripts/vite/assembly.ts';
import { SHARED_ROOT, shared } from './test/shared.ts';
import { workerImports } from './test/worker-imports.ts';

// As the app is served, so that threads can share memory.
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

// `*.test.ts` runs in Node; `*.browser.test.ts` in real Chromium, with real WGSL, IndexedDB and image decoders.
export default defineConfig({
  plugins: [svelte(), assembly()],
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          // Of one test; a machine with other work to do is many times slower than a quiet one.
          testTimeout: 30_000,
          include: ['{src,test,cli,scripts,bench}/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', 'node_modules'],
        },
      },
      {
        extends: true,
        plugins: [workerImports()],
        server: { fs: { allow: ['.', SHARED_ROOT] }, headers: ISOLATION },
        define: { __SHARED_ROOT__: JSON.stringify(shared('.') ?? '') },
        optimizeDeps: {
          exclude: ['onnxruntime-web'],
          include: [
            '@deck.gl/core',
            '@deck.gl/layers',
            '@luma.gl/engine',
            'comlink',
            'idb',
            'utif2',
            'heic-to/csp',
            '@zip.js/zip.js',
            'client-zip',
            'fflate',
            '@observablehq/plot',
            'd3-hierarchy',
            'pbf',
            'papaparse',
            'hyparquet',
            'hyparquet-compressors',
            '@noble/hashes/sha2.js',
            '@noble/hashes/utils.js',
          ],
        },
        test: {
          name: 'browser',
          include: ['{src,test}/**/*.browser.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // A machine with other work to do draws seldom.
          expect: { poll: { timeout: 20_000 } },
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: ensureChromium(), args: chromiumArgs() },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
