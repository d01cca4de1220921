import { describe, expect, it } from 'vitest';
import { createFormat, pickLocale } from './format';

const en = createFormat('en');
const fr = createFormat('fr');
const ru = createFormat('ru');
/** Intl uses several kinds of no-break space; their kind is not ours to test. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('numbers', () => {
  it('separates thousands as each language does', () => {
    expect([en, fr, ru].map((f) => plain(f.int(29812)))).toEqual(['29,812', '29 812', '29 812']);
    expect(fr.decimal(0.4567, 3)).toBe('0,457');
  });
});

describe('percent', () => {
  it.each([
    [0, '0%'],
    [0.0001, '1%'],
    [0.624, '62%'],
    [0.0885, '9%'],
    [0.995, '99%'],
    [0.9999, '99%'],
    [1, '100%'],
  ])('%d is %s', (fraction, expected) => expect(en.percent(fraction)).toBe(expected));
});

describe('bytes', () => {
  it.each([
    [0, '0 byte'],
    [999, '999 byte'],
    [1000, '1 kB'],
    [1500, '1.5 kB'],
    [61_400_000, '61 MB'],
    [2_340_000_000, '2.3 GB'],
    [5e15, '5,000 TB'],
  ])('%d is %s', (n, expected) => expect(en.bytes(n)).toBe(expected));

  it('speaks of octets in French', () => {
    expect(plain(fr.bytes(61_400_000))).toBe('61 Mo');
    expect(plain(ru.bytes(61_400_000))).toBe('61 МБ');
  });
});

describe('duration', () => {
  it.each([
    [0.2, '1 sec'],
    [45, '45 sec'],
    [89.4, '89 sec'],
    [90, '2 min'],
    [240, '4 min'],
    [3590, '1 hr'],
    [4800, '1 hr 20 min'],
  ])('%d s is %s', (seconds, expected) => expect(en.duration(seconds)).toBe(expected));
});

describe('plural', () => {
  const forms = { one: 'изображение', few: 'изображения', many: 'изображений', other: 'изображения' };
  it.each([
    [1, 'изображение'],
    [2, 'изображения'],
    [5, 'изображений'],
    [11, 'изображений'],
    [21, 'изображение'],
    [112, 'изображений'],
    [1.5, 'изображения'],
  ])('Russian %d', (n, expected) => expect(ru.plural(n, forms)).toBe(expected));

  it('treats 0 as singular in French and plural in English', () => {
    const words = { one: 'image', other: 'images' };
    expect(fr.plural(0, words)).toBe('image');
    expect(en.plural(0, words)).toBe('images');
  });
});

describe('pickLocale', () => {
  it.each([
    [['fr-CA', 'en'], 'fr'],
    [['de', 'ru-RU', 'en'], 'ru'],
    [['de', 'pl'], 'en'],
    [[], 'en'],
  ])('%j', (languages, expected) => expect(pickLocale(languages)).toBe(expected));
});
