import { describe, expect, it } from 'vitest';
import { textAt, type Column, type JoinKey, type Table } from '../domain/table';
import { readTable } from '../sources/table/read-table';
import { joinImages, projectColumns } from './project-columns';
import { listCsv, reportOf } from './join-report';
import type { ProjectImages } from './project-images';

const KEY: JoinKey = { column: 'p', by: 'name', extension: false, ignoreCase: false };
const table = (csv: string): Promise<Table> => readTable(new File([csv], 't.csv'));
const number = (name: string, ...values: number[]): Column => ({
  name,
  type: 'number',
  values: Float64Array.from(values),
});
const images = (paths: string[], others: ProjectImages['others'] = new Map()): ProjectImages => ({
  paths,
  seqs: paths.map((_, i) => 2 * i),
  others,
});
const shown = ({ column }: { column: Column }): string[] =>
  Array.from({ length: column.type === 'text' ? column.codes.length : column.values.length }, (_, row) =>
    textAt(column, row),
  );

describe('projectColumns', () => {
  const nothing = { records: [], facts: [], tables: [] };

  it('has none where nothing is known', () => {
    expect(projectColumns(images([]), nothing)).toEqual([]);
    expect(projectColumns(images(['a.png']), nothing)).toEqual([]);
  });

  it('puts records, facts and tables beside each other, each value with its image', async () => {
    const columns = projectColumns(images(['a.png', 'b.png', 'c.png']), {
      records: [
        { seq0: 0, n: 2, columns: [number('x', 10, 11)] },
        { seq0: 4, n: 1, columns: [number('x', 14)] },
      ],
      facts: [number('iso', NaN, 100, 200)],
      tables: [{ id: 't', name: 't.csv', key: KEY, table: await table('p,x,class\nc,1,cat\nzzz,3,dog') }],
    });
    expect(columns.map((one) => [one.column.name, one.source, shown(one), one.filled])).toEqual([
      ['x', { kind: 'record' }, ['10', '', '14'], 2],
      ['iso', { kind: 'exif' }, ['', '100', '200'], 2],
      ['p', { kind: 'table', id: 't' }, ['', '', 'c'], 1],
      ['t.csv: x', { kind: 'table', id: 't' }, ['', '', '1'], 1],
      ['t.csv: class', { kind: 'table', id: 't' }, ['', '', 'cat'], 1],
    ]);
  });

  it('takes the record and the row of an equal file where the image has none of its own', async () => {
    const others = new Map([[1, [{ seq: 9, path: 'copies/d.png' }]]]);
    const columns = projectColumns(images(['a.png', 'b.png'], others), {
      ...nothing,
      records: [{ seq0: 8, n: 2, columns: [number('r', 8, 9)] }],
      tables: [{ id: 't', name: 't.csv', key: KEY, table: await table('p,y\na,1\nd,2') }],
    });
    expect(columns.map((one) => [one.column.name, shown(one)])).toEqual([
      ['r', ['', '9']],
      ['p', ['a', 'd']],
      ['y', ['1', '2']],
    ]);
  });
});

describe('a join', () => {
  it('is reported with everything that finds no partner, whole as CSV', async () => {
    const paths = ['a/1.png', 'b/1.png', 'c/2.png', 'c/=3.png'];
    const rows = await table('p,x\n1,a\n2,b\n2,c\n9,d\n,e');
    const joined = joinImages(images(paths), rows, KEY);
    const found = { paths, table: rows, key: KEY, joined };
    const report = reportOf(found);
    expect([report.images, report.matched]).toEqual([4, 1]);
    expect(report.lists).toEqual({
      images: {
        count: 3,
        first: ['a/1.png', 'b/1.png', 'c/=3.png'].map((what) => ({ what, where: '' })),
      },
      rows: {
        count: 2,
        first: [
          { what: '9', where: '4' },
          { what: '', where: '5' },
        ],
      },
      duplicates: { count: 1, first: [{ what: '2', where: '2 3' }] },
      ambiguous: { count: 1, first: [{ what: '1', where: '1' }] },
    });
    const csv = async (kind: Parameters<typeof listCsv>[1]) =>
      new TextDecoder().decode(await listCsv(found, kind)).split('\r\n');
    expect(await csv('images')).toEqual(['path', 'a/1.png', 'b/1.png', 'c/=3.png', '']);
    expect(await csv('duplicates')).toEqual(['key,rows', '2,2 3', '']);
    expect(await csv('rows')).toEqual(['key,row', '9,4', ',5', '']);
  });
});
