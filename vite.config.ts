import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { assembly } from './scripts/vite/assembly.ts';
import { connectors } from './scripts/vite/connectors.ts';
import { contentSecurityPolicy } from './scripts/vite/policy.ts';
import { serviceWorker } from './scripts/vite/service-worker.ts';

// `base: './'` keeps every address relative, so one build serves from any sub-path of a static host.
export default defineConfig({
  base: './',
  plugins: [connectors(), svelte(), assembly(), contentSecurityPolicy(), serviceWorker()],
  worker: { format: 'es', plugins: () => [assembly()] },
  build: {
    target: 'es2022',
    // The first to know `light-dark` and `oklch`: what stands in for them for older ones cannot be drawn for another theme
    // than the page's, as figures on white are, and computes to colours that files do not understand.
    cssTarget: ['chrome123', 'firefox128', 'safari17.5'],
    sourcemap: false,
    chunkSizeWarningLimit: 1500,
  },
});
