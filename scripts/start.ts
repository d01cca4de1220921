import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { buildIfStale } from './build-if-stale';
import { serve, type Site } from './serve';

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    'no-open': { type: 'boolean', default: false },
  },
});

/** The wanted port, or the next free one after it; projects are kept per address, so the same one is worth trying for. */
async function serveNear(root: string, first: number): Promise<Site> {
  for (let port = first; port < first + 20; port++) {
    try {
      return await serve({ root, port });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      console.log(`Port ${port} is taken.`);
    }
  }
  return serve({ root });
}

function openBrowser(url: string): void {
  const headless = process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
  if (values['no-open'] || process.env['CI'] || headless) return;
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', url]
        : ['xdg-open', url];
  // The address is printed anyway, so a machine without an opener needs no more words.
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

const site = await serveNear(buildIfStale(), Number(values.port ?? process.env['PORT'] ?? 4173));
console.log(`Tessera is at ${site.url} (Ctrl-C stops it)`);
openBrowser(site.url);
