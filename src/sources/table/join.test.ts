import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readShared, shared } from '../../../test/shared';
import type { Table } from '../../domain/table';
import { joinCandidates, joinTable } from './join';
import { readTable } from './read-table';

const table = (text: string): Promise<Table> => readTable(new File([text], 't.csv'));
const suggestion = async (paths: string[], text: string): Promise<unknown> => {
  const [best] = joinCandidates(paths, await table(text));
  return best && [best.column, best.by, best.extension, best.ignoreCase, best.matched];
};

const PATHS = ['set/a/1.jpg', 'set/a/2.JPG', 'set/b/3.jpg'];

describe('joinCandidates', () => {
  it.each([
    ['paths', 'x,p\n1,set/a/1.jpg\n2,set/a/2.JPG\n3,set/b/3.jpg', ['p', 'path', true, false, 3]],
    ['paths with backslashes', 'x,p\n9,set\\a\\1.jpg\n8,.\\set\\b\\3.jpg', ['p', 'path', true, false, 2]],
    ['ends of paths', 'x,p\n7,a/1.jpg\n8,b/3.jpg', ['p', 'suffix', true, false, 2]],
    ['longer paths', 'x,p\n7,/home/me/set/a/1.jpg\n8,D:/set/b/3.jpg', ['p', 'suffix', true, false, 2]],
    ['file names', 'x,p\n7,1.jpg\n8,3.jpg', ['p', 'suffix', true, false, 2]],
    ['stems', 'x,p\n0.5,1\n0.6,2\n0.7,3', ['p', 'suffix', false, false, 3]],
    ['names under other folders', 'x,p\n7,other/1.jpg\n8,other/3.jpg', ['p', 'name', true, false, 2]],
    ['other extensions', 'x,p\n7,1.png\n8,3.tif', ['p', 'suffix', false, false, 2]],
    ['other case', 'x,p\n7,SET/A/1.JPG\n8,set/a/2.jpg', ['p', 'path', true, true, 2]],
    ['nothing', 'x,p\n7,y\n8,z', undefined],
  ])('%s', async (_, text, expected) => {
    expect(await suggestion(PATHS, text)).toEqual(expected);
  });

  it('prefers the column that leads to most images', async () => {
    const all = joinCandidates(PATHS, await table('few,many\n1.jpg,1.jpg\nx,2.JPG\ny,3.jpg'));
    expect(all.map(({ column, rate }) => [column, rate])).toEqual([
      ['many', 1],
      ['few', 1 / 3],
    ]);
  });
});

describe('joinTable', () => {
  it('finds among many images of one name what comparing one by one finds', () => {
    const folder = fc.constantFrom('a', 'b', 'c/d', 'a/b');
    const path = fc.array(folder, { maxLength: 3 }).map((parts) => [...parts, '1.png'].join('/'));
    const way = { by: 'suffix', extension: true, ignoreCase: false } as const;
    const endsWith = (whole: string, end: string): boolean => whole === end || whole.endsWith(`/${end}`);
    fc.assert(
      fc.property(fc.array(path, { minLength: 17, maxLength: 40 }), path, (paths, key) => {
        const rows: Table = {
          n: 1,
          columns: [{ name: 'p', type: 'text', codes: Uint32Array.of(1), words: ['', key] }],
          problems: [],
          problemCount: 0,
        };
        const { rows: found, ambiguous, rowsWithout } = joinTable(paths, rows, { column: 'p', ...way });
        const fits = [...paths.keys()].filter((i) => endsWith(paths[i], key) || endsWith(key, paths[i]));
        expect([...found.keys()].filter((i) => found[i] === 0)).toEqual(fits.length === 1 ? fits : []);
        expect([ambiguous.length, rowsWithout.length]).toEqual([
          fits.length > 1 ? 1 : 0,
          fits.length === 0 ? 1 : 0,
        ]);
      }),
    );
  });

  it('takes no longer for a hundred thousand images of one name', () => {
    const n = 100_000;
    const paths = Array.from({ length: n }, (_, i) => `${i}/frame.png`);
    const words = ['', ...paths.map((path) => `set/${path}`)];
    const codes = Uint32Array.from({ length: n }, (_, i) => i + 1);
    const rows: Table = {
      n,
      columns: [{ name: 'p', type: 'text', codes, words }],
      problems: [],
      problemCount: 0,
    };
    const key = { column: 'p', by: 'suffix', extension: true, ignoreCase: false } as const;
    expect(joinTable(paths, rows, key).rows).toEqual(Int32Array.from(paths.keys()));
  }, 20_000);

  it('lists what has no partner, what is twice and what is ambiguous', async () => {
    const paths = ['a/1.jpg', 'b/1.jpg', 'c/2.jpg', 'c/3.jpg'];
    const key = { column: 'p', by: 'name', extension: false, ignoreCase: false } as const;
    const joined = joinTable(paths, await table('p,x\n1,a\n2,b\n2,c\n9,d\n,e'), key);
    expect(joined).toEqual({
      rows: Int32Array.of(-1, -1, 1, -1),
      imagesWithout: [0, 1, 3],
      rowsWithout: [3, 4],
      duplicates: [{ key: '2', rows: [1, 2] }],
      ambiguous: [0],
    });
  });

  it.skipIf(!shared('data/clothing'))(
    'finds 160 of 165 pieces of clothing (needs data/clothing)',
    async () => {
      const images = readdirSync(shared('data/clothing/images')!).map((name) => `images/${name}`);
      const csv = await table(readShared('data/clothing/images.csv').toString());
      const [best, ...others] = joinCandidates(images, csv);
      expect(best).toMatchObject({ column: 'image', extension: false, matched: 160 });
      expect(others).toEqual([]);
      const joined = joinTable(images, csv, best);
      expect([joined.imagesWithout.length, joined.rowsWithout.length]).toEqual([5, 10]);
      expect(csv.columns.map(({ type }) => type)).toEqual(['text', 'number', 'text', 'boolean']);
    },
  );
});
