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
  build: { target: 'es2022', sourcemap: false, chunkSizeWarningLimit: 1500 },
});
