import type { BuildFile } from './build-info';

/** Fetches at a time; more would only share the line. */
const PARALLEL = 6;
const HASH = 'sha256';

const hex = (buffer: ArrayBuffer): string =>
  [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * The files of one build in the browser's cache. Entries are named by address and content hash, so builds share what
 * did not change, a new build can be gathered beside the old one, and a file of another build is never served for one of this.
 */
export class BuildFiles {
  private readonly byUrl: Map<string, BuildFile>;
  private readonly underWay = new Map<string, Promise<void>>();

  /** `scope`: the address the files' urls are relative to. */
  constructor(
    files: readonly BuildFile[],
    private readonly scope: string,
    private readonly cacheName: string,
  ) {
    this.byUrl = new Map(files.map((file) => [new URL(encodeURI(file.url), scope).href, file]));
  }

  /** The file of this build at an address, query and fragment aside; the folder is its index.html. */
  find(address: string): BuildFile | undefined {
    const { origin, pathname } = new URL(address);
    const plain = origin + pathname;
    return this.byUrl.get(plain === this.scope ? `${plain}index.html` : plain);
  }

  /** The kept file, or undefined. */
  async kept(file: BuildFile): Promise<Response | undefined> {
    return (await caches.open(this.cacheName)).match(this.key(file));
  }

  /** A kept file of any build: a page opened before an update still asks for its own. */
  async keptOfAnyBuild(address: string): Promise<Response | undefined> {
    const cache = await caches.open(this.cacheName);
    return cache.match(address.split('#', 1)[0], { ignoreSearch: true });
  }

  /** Fetches what is not kept yet; rejects when something cannot be had as it was built, with the rest kept. */
  async keep(files: readonly BuildFile[]): Promise<void> {
    const queue = [...files];
    const failures: unknown[] = [];
    const lane = async (): Promise<void> => {
      for (let file = queue.shift(); file; file = queue.shift())
        await this.keepOne(file).catch((error: unknown) => failures.push(error));
    };
    await Promise.all(Array.from({ length: PARALLEL }, lane));
    if (failures.length > 0) throw failures[0];
  }

  /** Forgets files of other builds. */
  async dropOthers(): Promise<void> {
    const cache = await caches.open(this.cacheName);
    const own = new Set([...this.byUrl.values()].map((file) => this.key(file)));
    for (const { url } of await cache.keys()) if (!own.has(url)) await cache.delete(url);
  }

  private key(file: BuildFile): string {
    return `${new URL(encodeURI(file.url), this.scope).href}?${HASH}=${file.sha256}`;
  }

  /** Once at a time for each file, however many ask. */
  private keepOne(file: BuildFile): Promise<void> {
    const running =
      this.underWay.get(file.url) ?? this.fetchAndKeep(file).finally(() => this.underWay.delete(file.url));
    this.underWay.set(file.url, running);
    return running;
  }

  private async fetchAndKeep(file: BuildFile): Promise<void> {
    const cache = await caches.open(this.cacheName);
    const key = this.key(file);
    if (await cache.match(key)) return;
    const response = await fetch(new URL(encodeURI(file.url), this.scope), { cache: 'no-cache' });
    if (!response.ok) throw new Error(`${file.url}: HTTP ${response.status}`);
    const bytes = await response.arrayBuffer();
    if (hex(await crypto.subtle.digest('SHA-256', bytes)) !== file.sha256)
      throw new Error(`${file.url} on the host is not the one of this build.`);
    const type = response.headers.get('Content-Type') ?? 'application/octet-stream';
    const headers = { 'Content-Type': type, 'Content-Length': String(bytes.byteLength) };
    await cache.put(key, new Response(bytes, { headers }));
  }
}
