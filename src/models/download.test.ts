import { createHash } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { download, type PartialFile, type Wanted } from './download';

// Megabytes are hashed again and again here; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

const CHUNK = 4 * 1024 * 1024;
const body = Buffer.from(Uint8Array.from({ length: CHUNK * 2 + 12345 }, (_, i) => i * 7 + (i >> 8)));
const sha256 = createHash('sha256').update(body).digest('hex');

let server: Server | null = null;
afterEach(() => void server?.close());

async function serve(handler: RequestListener): Promise<Wanted> {
  server = createServer(handler);
  await new Promise<void>((done) => server!.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { title: 'Test network', url: `http://127.0.0.1:${port}/net.onnx`, bytes: body.length, sha256 };
}

/** A server with ranges; `cutAfter` breaks the first connection after so many bytes. */
function withRanges(content: Buffer, ranges: (string | undefined)[], cutAfter?: number): RequestListener {
  return (request, response) => {
    ranges.push(request.headers.range);
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (from >= content.length) return void response.writeHead(416).end();
    const part = content.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': part.length,
      ...(from > 0 ? { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` } : {}),
    });
    if (cutAfter === undefined || ranges.length > 1) return void response.end(part);
    response.write(part.subarray(0, cutAfter), () => setTimeout(() => response.destroy(), 50));
  };
}

class InMemory implements PartialFile {
  chunks: Uint8Array[] = [];
  cleared = 0;
  constructor(...chunks: Uint8Array[]) {
    this.chunks = chunks;
  }
  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }
  async received() {
    return this.bytes.length;
  }
  async *stored() {
    yield* this.chunks;
  }
  async append(chunk: Uint8Array) {
    this.chunks.push(chunk.slice());
  }
  async clear() {
    this.chunks = [];
    this.cleared++;
  }
}

describe('download', () => {
  it('gets a file and reports its progress', async () => {
    const wanted = await serve(withRanges(body, []));
    const file = new InMemory();
    const seen: number[] = [];
    await download(wanted, file, { onProgress: (received) => seen.push(received) });
    expect(file.bytes.equals(body)).toBe(true);
    expect(seen).toEqual([CHUNK, CHUNK * 2, body.length]);
  });

  it('goes on where the connection broke', async () => {
    const ranges: (string | undefined)[] = [];
    const cut = CHUNK + 1000;
    const wanted = await serve(withRanges(body, ranges, cut));
    const file = new InMemory();
    await expect(download(wanted, file)).rejects.toMatchObject({
      code: 'model-download',
      params: { received: cut },
    });
    expect(file.bytes.length).toBe(cut);
    await download(wanted, file);
    expect(ranges).toEqual([undefined, `bytes=${cut}-`]);
    expect(file.bytes.equals(body)).toBe(true);
  });

  it('starts over when the server does not know ranges', async () => {
    const wanted = await serve((_, response) => response.end(body));
    const file = new InMemory(body.subarray(0, 5000));
    await download(wanted, file);
    expect(file.cleared).toBe(1);
    expect(file.bytes.equals(body)).toBe(true);
  });

  it('starts over when the part begins elsewhere than asked', async () => {
    let requests = 0;
    const wanted = await serve((request, response) => {
      requests++;
      if (request.headers.range)
        response.writeHead(206, { 'content-range': `bytes 0-9/${body.length}` }).end('0123456789');
      else response.end(body);
    });
    const file = new InMemory(body.subarray(0, 5000));
    await download(wanted, file);
    expect(requests).toBe(2);
    expect(file.bytes.equals(body)).toBe(true);
  });

  it('needs no server for a file that is all here', async () => {
    const file = new InMemory(body);
    await download({ title: '', url: 'http://127.0.0.1:1/', bytes: body.length, sha256 }, file);
    expect(file.bytes.length).toBe(body.length);
  });

  it('refuses one flipped byte, says so and deletes the file', async () => {
    const flipped = Buffer.from(body);
    flipped[CHUNK + 77] ^= 1;
    const wanted = await serve(withRanges(flipped, []));
    const file = new InMemory();
    await expect(download(wanted, file)).rejects.toMatchObject({
      code: 'model-hash',
      message: expect.stringContaining('not the expected one (its SHA-256 differs); it was deleted'),
    });
    expect(file.bytes.length).toBe(0);
  });

  it('refuses a wrong beginning that was kept from before', async () => {
    const wanted = await serve(withRanges(body, []));
    const file = new InMemory(Buffer.alloc(5000, 1));
    await expect(download(wanted, file)).rejects.toMatchObject({ code: 'model-hash' });
    expect(file.bytes.length).toBe(0);
    await download(wanted, file);
    expect(file.bytes.equals(body)).toBe(true);
  });

  it.each([
    ['too long', Buffer.concat([body, Buffer.from('x')]), 'longer than expected'],
    ['too short', body.subarray(0, -1), `${body.length - 1} bytes instead of ${body.length}`],
    ['empty', Buffer.alloc(0), '0 bytes instead of'],
    ['an error page', Buffer.from('<html>Sorry</html>'), '18 bytes instead of'],
  ])('refuses a file that is %s', async (_, content, why) => {
    const wanted = await serve((__, response) => response.end(content));
    const file = new InMemory();
    await expect(download(wanted, file)).rejects.toMatchObject({
      code: 'model-hash',
      message: expect.stringContaining(why),
    });
    expect(file.bytes.length).toBe(0);
  });

  it('throws away more than the file can have', async () => {
    const ranges: (string | undefined)[] = [];
    const wanted = await serve(withRanges(body, ranges));
    const file = new InMemory(Buffer.concat([body, body]));
    await download(wanted, file);
    expect(ranges).toEqual([undefined]);
    expect(file.bytes.equals(body)).toBe(true);
  });

  it.each([404, 403, 500, 503])('says that the server answered %i', async (status) => {
    const wanted = await serve((_, response) => response.writeHead(status).end('no'));
    const kept = new InMemory(body.subarray(0, 10));
    await expect(download(wanted, kept)).rejects.toMatchObject({
      code: 'model-download',
      params: { status },
      message: expect.stringContaining(`${status}`),
    });
    expect(kept.bytes.length).toBe(10);
  });

  it('says when no server is there', async () => {
    const wanted: Wanted = { title: 'Test network', url: 'http://127.0.0.1:1/net.onnx', bytes: 5, sha256 };
    await expect(download(wanted, new InMemory())).rejects.toMatchObject({
      code: 'model-download',
      message: expect.stringContaining('could not be downloaded from http://127.0.0.1:1'),
    });
  });

  it('can be cancelled, and goes on later', async () => {
    const ranges: (string | undefined)[] = [];
    const wanted = await serve((request, response) => {
      if (ranges.length > 0) return withRanges(body, ranges)(request, response);
      ranges.push(request.headers.range);
      response.writeHead(200, { 'content-length': body.length });
      response.write(body.subarray(0, CHUNK + 10));
    });
    const file = new InMemory();
    const abort = new AbortController();
    const going = download(wanted, file, { signal: abort.signal, onProgress: () => abort.abort() });
    await expect(going).rejects.toMatchObject({ code: 'cancelled' });
    expect(file.bytes.length).toBeGreaterThanOrEqual(CHUNK);
    await download(wanted, file);
    expect(file.bytes.equals(body)).toBe(true);
    expect(ranges[1]).toMatch(/^bytes=\d+-$/);
  });

  it('is not begun when already cancelled', async () => {
    const wanted = await serve(withRanges(body, []));
    await expect(download(wanted, new InMemory(), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('passes on what the store throws when it is full', async () => {
    const wanted = await serve(withRanges(body, []));
    const full = new InMemory();
    full.append = () => Promise.reject(new Error('no room'));
    await expect(download(wanted, full)).rejects.toThrow('no room');
  });
});
