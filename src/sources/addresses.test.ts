import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, pathOfAddress, sketchAddresses } from './addresses';
import { readTable } from './table/read-table';

describe('addressOf', () => {
  it.each([
    ['https://a.example/1.jpg', 'https://a.example/1.jpg'],
    [' HTTP://A.example:80/x y.png#top ', 'http://a.example/x%20y.png'],
    ['https://a.example/i?id=1&w=2', 'https://a.example/i?id=1&w=2'],
    ['http://127.0.0.1:8080/1.jpg', 'http://127.0.0.1:8080/1.jpg'],
  ])('%s', (text, address) => expect(addressOf(text)).toBe(address));

  it.each([
    '',
    'a.example/1.jpg',
    'ftp://a.example/1.jpg',
    'https://u:p@a.example/1.jpg',
    'https://',
    'http://[::1]/a',
  ])('not %s', (text) => expect(addressOf(text)).toBeNull());
});

describe('pathOfAddress', () => {
  it.each([
    ['https://a.example/cats/1.jpg', 'a.example/cats/1.jpg'],
    ['https://a.example:8443/1.jpg', 'a.example_8443/1.jpg'],
    ['https://a.example/%D0%BA%D0%BE%D1%82.jpg', 'a.example/кот.jpg'],
    ['https://a.example/', 'a.example/index'],
    ['https://a.example/i?id=3&s=l', 'a.example/i (id=3&s=l)'],
    ['https://a.example/i.jpg?w=2', 'a.example/i (w=2).jpg'],
    ['https://a.example/%2e%2e%2fetc', 'a.example/.._etc'],
    ['https://a.example/%2e%2e%00', 'a.example/.._'],
    ['https://a.example/%ff/1.jpg', 'a.example/%ff/1.jpg'],
  ])('%s', (address, path) => expect(pathOfAddress(address)).toBe(path));

  it('is a plain path, whatever the address', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), fc.string(), (url, more) => {
        const address = addressOf(`${url}/${more}`);
        if (address === null) return;
        for (const part of pathOfAddress(address).split('/')) {
          expect(part).not.toMatch(/^\.{0,2}$|[\p{Cc}\\:*?"<>|]/u);
          expect(part.length).toBeLessThan(400);
        }
      }),
    );
  });
});

it('says which columns have addresses, of which servers', async () => {
  const table = await readTable(
    new File(
      [
        'id;thumb;url;note\n',
        '1;https://t.example/1;https://a.example/1.jpg;x\n',
        '2;;https://a.example/2.jpg#a;y\n',
        '3;;https://b.example/3.jpg;z\n',
        '4;;https://a.example/2.jpg;https:/ no address\n',
        '5;;gone;\n',
      ],
      'list.csv',
    ),
  );
  expect(sketchAddresses(table)).toEqual({
    rows: 5,
    columns: [
      {
        name: 'url',
        addresses: 3,
        repeated: 1,
        without: 1,
        origins: [
          { origin: 'https://a.example', count: 2 },
          { origin: 'https://b.example', count: 1 },
        ],
      },
      {
        name: 'thumb',
        addresses: 1,
        repeated: 0,
        without: 4,
        origins: [{ origin: 'https://t.example', count: 1 }],
      },
    ],
  });
});
