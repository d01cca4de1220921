import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

// Each run of the command starts a Node of its own.
vi.setConfig({ testTimeout: 60_000 });

const body = Buffer.from('the bytes of a network, as far as this test is concerned');
const folder = mkdtempSync(join(tmpdir(), 'tessera-models-'));
const catalogue = join(folder, 'catalogue.json');
const ranges: (string | undefined)[] = [];
let server: Server;

beforeAll(async () => {
  server = createServer((request, response) => {
    ranges.push(request.headers.range);
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(from > 0 ? 206 : 200).end(body.subarray(from));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const entry = (id: string, sha256: string) => {
    const url = `http://127.0.0.1:${port}/${id}.onnx`;
    return { id, title: `Network ${id}`, url, bytes: body.length, sha256, licence: 'MIT' };
  };
  const right = createHash('sha256').update(body).digest('hex');
  writeFileSync(catalogue, JSON.stringify({ models: [entry('good', right), entry('bad', '0'.repeat(64))] }));
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

function run(...args: string[]): Promise<{ status: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [
    '--import',
    'tsx',
    'scripts/models.ts',
    '--catalogue',
    catalogue,
    ...args,
  ]);
  let [out, err] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  return new Promise((done) => child.on('close', (status) => done({ status, out, err })));
}

describe('npm run models', () => {
  it('lists the networks', async () => {
    const { status, out } = await run();
    expect(status).toBe(0);
    expect(out).toMatch(/^good\s+0\.0 MB\s+Network good; licence: MIT$/m);
  });

  it('downloads one, going on from a part that is there', async () => {
    const out = join(folder, 'out');
    const first = await run('good', '--out', out);
    expect(first).toMatchObject({ status: 0, out: `${join(out, 'good.onnx')}\n` });
    expect(readFileSync(join(out, 'good.onnx'))).toEqual(body);
    rmSync(join(out, 'good.onnx'));
    writeFileSync(join(out, 'good.onnx.part'), body.subarray(0, 10));
    ranges.length = 0;
    expect((await run('good', '--out', out)).status).toBe(0);
    expect(ranges).toEqual(['bytes=10-']);
    expect(readFileSync(join(out, 'good.onnx'))).toEqual(body);
    expect(existsSync(join(out, 'good.onnx.part'))).toBe(false);
  });

  it('refuses a wrong hash with a sentence and leaves nothing behind', async () => {
    const out = join(folder, 'out');
    const { status, err } = await run('bad', '--out', out);
    expect(status).toBe(1);
    expect(err).toContain('The file that came for Network bad is not the expected one');
    expect(existsSync(join(out, 'bad.onnx')) || existsSync(join(out, 'bad.onnx.part'))).toBe(false);
  });

  it('says which networks there are not', async () => {
    const { status, err } = await run('nothing');
    expect(status).toBe(1);
    expect(err).toContain('There is no network "nothing"');
  });
});
