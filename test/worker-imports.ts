import type { Plugin } from 'vite';

/**
 * Vitest routes every dynamic `import()` through a hook that exists on the page only; in workers this puts a plain one
 * in its place.
 */
export function workerImports(): Plugin {
  return {
    name: 'worker-imports',
    enforce: 'pre',
    transform(code, id) {
      if (!/\.worker\.ts(\?|$)/.test(id)) return null;
      const hook = `globalThis.__vitest_browser_runner__ ??= { wrapDynamicImport: (load) => load() };`;
      return { code: `${hook}${code}`, map: null };
    },
  };
}
