import { expect, it } from 'vitest';
import { artifactBytes } from '../../../exports/artifact';
import { parseCsv } from '../../../exports/csv';
import { fileStem, pngFile, svgFile, tableFile } from './figure-files';

it('names files so that every file system takes them', () => {
  expect(fileStem('Silhouette: k = 5…30')).toBe('silhouette-k-5-30');
  expect(fileStem('Размеры кластеров')).toBe('размеры-кластеров');
  expect(fileStem('../../etc/passwd')).toBe('etc-passwd');
  expect(fileStem('CON')).toBe('_con');
  expect(fileStem('///')).toBe('figure');
  expect(fileStem('x'.repeat(500))).toHaveLength(80);
});

it('writes the numbers as they are, not as the chart rounds them', async () => {
  const { name, chunks } = tableFile('Sizes', {
    columns: ['cluster', 'images'],
    rows: [
      ['a, b', 1 / 3],
      [null, NaN],
    ],
  });
  const text = new TextDecoder().decode(await artifactBytes({ name, type: '', chunks }));
  expect(name).toBe('sizes.csv');
  expect(parseCsv(text)).toEqual([
    ['cluster', 'images'],
    ['a, b', String(1 / 3)],
    ['', ''],
  ]);
});

it('writes the other two as they are made', async () => {
  expect(new TextDecoder().decode(await artifactBytes(svgFile('A', '<svg>é</svg>')))).toBe('<svg>é</svg>');
  const png = pngFile('A', () => Promise.resolve(new Uint8Array([1, 2])));
  expect([png.name, ...(await artifactBytes(png))]).toEqual(['a.png', 1, 2]);
});
