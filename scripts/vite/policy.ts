import type { Plugin } from 'vite';

/** Where published networks are fetched from when a person asks for one; the only address outside the site. */
export const MODEL_HOST = 'https://media.githubusercontent.com';

const DIRECTIVES: Record<string, string> = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'img-src': "'self' blob: data:",
  'font-src': "'self'",
  'connect-src': `'self' blob: ${MODEL_HOST}`,
  'worker-src': "'self' blob:",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'object-src': "'none'",
};

export const POLICY = Object.entries(DIRECTIVES)
  .map(([name, value]) => `${name} ${value}`)
  .join('; ');

/** Writes the Content-Security-Policy into the built page, before anything it governs. */
export function contentSecurityPolicy(): Plugin {
  return {
    name: 'tessera:policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY },
          injectTo: 'head-prepend',
        },
      ],
    },
  };
}
