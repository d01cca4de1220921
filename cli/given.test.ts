import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { expect, it, onTestFinished } from 'vitest';
import { UsageError } from './args';
import { readInput } from './given';

function tree(): string {
  const root = mkdtempSync(join(tmpdir(), 'tessera-given-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, 'b/c'), { recursive: true });
  for (const file of ['img10.jpg', 'img2.jpg', 'b/x.png', 'b/c/🦔.gif', '.hidden'])
    writeFileSync(join(root, file), 'x');
  return root;
}

const folder = (path: string, limit: number | null = null) => readInput({ kind: 'folder', path }, limit);

it('lists a folder to the bottom in natural path order', async () => {
  const { files, paths } = await folder(tree());
  expect(paths).toEqual(['.hidden', 'b/c/🦔.gif', 'b/x.png', 'img2.jpg', 'img10.jpg']);
  expect(files.every(({ problem }) => problem === undefined)).toBe(true);
});

it('takes the first of them when asked to', async () => {
  expect((await folder(tree(), 2)).paths).toEqual(['.hidden', 'b/c/🦔.gif']);
});

it('follows links, not for ever, and tells of those that lead nowhere', async () => {
  const root = tree();
  symlinkSync(join(root, 'img2.jpg'), join(root, 'link.jpg'));
  symlinkSync(join(root, 'b'), join(root, 'd'));
  symlinkSync(root, join(root, 'b/c/up'));
  symlinkSync('/nowhere/at/all', join(root, 'lost.jpg'));
  const { files, paths } = await folder(root);
  expect(paths).toEqual(expect.arrayContaining(['link.jpg', 'd/x.png', 'd/c/🦔.gif', 'lost.jpg']));
  expect(paths).toHaveLength(5 + 4);
  expect(files.filter(({ problem }) => problem).map(({ path }) => path)).toEqual(['lost.jpg']);
});

it.skipIf(process.platform !== 'linux')(
  'tells of a name that is not UTF-8 instead of dropping it',
  async () => {
    const root = tree();
    writeFileSync(
      Buffer.concat([Buffer.from(`${root}/bad-`), Buffer.from([0xff]), Buffer.from('.jpg')]),
      'x',
    );
    const { files } = await folder(root);
    expect(files.find(({ path }) => path === 'bad-\ufffd.jpg')?.problem).toMatch(/not UTF-8/);
  },
);

it('lists the entries of an archive', async () => {
  const file = join(tree(), 'a.zip');
  writeFileSync(
    file,
    zipSync({ 'x/2.jpg': new Uint8Array(1), 'x/10.jpg': new Uint8Array(1), '1.jpg': new Uint8Array(1) }),
  );
  const input = await readInput({ kind: 'archive', path: file }, null);
  expect(input).toEqual({ files: [{ path: '', disk: file }], paths: ['1.jpg', 'x/2.jpg', 'x/10.jpg'] });
});

it('says what is not there, or not an archive', async () => {
  await expect(folder('/nowhere')).rejects.toThrow(UsageError);
  await expect(readInput({ kind: 'archive', path: '/nowhere.zip' }, null)).rejects.toThrow(UsageError);
  const file = join(tree(), 'img2.jpg');
  await expect(folder(file)).rejects.toThrow(/no folder/);
  await expect(readInput({ kind: 'archive', path: file }, null)).rejects.toThrow(/not a ZIP archive/);
});
