import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { policyOf } from '../src/service-worker/connect-policy';
import { POLICY } from './vite/policy';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.onnx': 'application/octet-stream',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.zip': 'application/zip',
};

/** What a page needs for SharedArrayBuffer, and with it for WASM threads. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

export interface ServeOptions {
  root: string;
  /** The path under which the site lives; starts and ends with `/`. */
  base?: string;
  /** Only what the plainest host sends: no isolation headers, no policy. */
  bare?: boolean;
  /** 0 takes any free port. */
  port?: number;
}

export interface Site {
  url: string;
  /** Stops at once, open connections included. */
  close(): Promise<void>;
}

/** The file an address stands for, or null when it has none inside the root; links that lead out are refused too. */
async function locate(root: string, base: string, address: string): Promise<string | null> {
  let path: string;
  try {
    path = decodeURIComponent(address.split(/[?#]/, 1)[0]);
  } catch {
    return null;
  }
  if (!path.startsWith(base) || path.includes('\0')) return null;
  const asked = join(root, path.slice(base.length), path.endsWith('/') ? 'index.html' : '');
  const file = await realpath(asked).catch(() => null);
  return file?.startsWith(root + sep) && (await stat(file)).isFile() ? file : null;
}

/** The bytes a Range header asks for; null: all of them; 'none': outside the file. One range only, as browsers ask. */
function range(header: string | undefined, size: number): { start: number; end: number } | null | 'none' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const [from, to] = [match[1], match[2]];
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return start > end ? 'none' : { start, end };
}

async function answer(request: IncomingMessage, response: ServerResponse, options: Required<ServeOptions>) {
  const { root, base, bare } = options;
  if (!bare) {
    for (const [name, value] of Object.entries(ISOLATION)) response.setHeader(name, value);
    // As the service worker says: a worker that starts before it is in charge has the same policy.
    const address = new URL((request.url ?? '/').replace(/^\/+/, '/'), 'http://127.0.0.1');
    response.setHeader('Content-Security-Policy', policyOf(POLICY, address.href));
  }
  const end = (status: number, text: string): void => {
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text);
  };
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(405, 'Only GET and HEAD.');
  const file = await locate(root, base, request.url ?? '/');
  if (!file) return end(404, 'Not found.');

  const { size, mtimeMs } = await stat(file);
  const etag = `"${createHash('sha1').update(`${file}:${size}:${mtimeMs}`).digest('base64url')}"`;
  response.setHeader('Content-Type', TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream');
  response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', 'no-cache');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Accept-Ranges', 'bytes');
  if (request.headers['if-none-match'] === etag) return response.writeHead(304).end();

  const part = range(request.headers.range, size);
  if (part === 'none') return response.writeHead(416, { 'Content-Range': `bytes */${size}` }).end();
  const { start, end: last } = part ?? { start: 0, end: size - 1 };
  response.setHeader('Content-Length', last - start + 1);
  if (part) response.setHeader('Content-Range', `bytes ${start}-${last}/${size}`);
  response.writeHead(part ? 206 : 200);
  if (request.method === 'HEAD' || size === 0) return response.end();
  createReadStream(file, { start, end: last })
    .on('error', () => response.destroy())
    .pipe(response);
}

/** Serves a folder on 127.0.0.1, with cross-origin isolation unless `bare`. Rejects when the port is taken. */
export async function serve(options: ServeOptions): Promise<Site> {
  const { base = '/', bare = false, port = 0 } = options;
  const root = await realpath(resolve(options.root));
  const server = createServer((request, response) => {
    answer(request, response, { root, base, bare, port }).catch(() => response.destroy());
  });
  await new Promise<void>((done, failed) => {
    server.once('error', failed).listen(port, '127.0.0.1', done);
  });
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actual}${base}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

if (import.meta.filename === process.argv[1]) {
  const { values } = parseArgs({
    options: {
      root: { type: 'string', default: 'dist' },
      base: { type: 'string', default: '/' },
      bare: { type: 'boolean', default: false },
      port: { type: 'string', default: '4173' },
    },
  });
  const site = await serve({ ...values, port: Number(values.port) });
  console.log(site.url);
}
