import { describe, expect, it } from 'vitest';
import { addresses as enAddresses } from './en/addresses';
import { connect as enConnect } from './en/connect';
import { records as enRecords } from './en/records';
import { shell as enShell } from './en/shell';
import { study as enStudy } from './en/study';
import { addresses as frAddresses } from './fr/addresses';
import { connect as frConnect } from './fr/connect';
import { records as frRecords } from './fr/records';
import { shell as frShell } from './fr/shell';
import { study as frStudy } from './fr/study';
import { addresses as ruAddresses } from './ru/addresses';
import { connect as ruConnect } from './ru/connect';
import { records as ruRecords } from './ru/records';
import { shell as ruShell } from './ru/shell';
import { study as ruStudy } from './ru/study';

/** All but the sentences that take lists. */
const together = (shell: typeof enShell, { choice: _lists, ...study }: typeof enStudy, areas: object) => ({
  ...shell,
  study,
  ...areas,
});
const en = together(enShell, enStudy, { addresses: enAddresses, connect: enConnect, records: enRecords });
const fr = together(frShell, frStudy, { addresses: frAddresses, connect: frConnect, records: frRecords });
const ru = together(ruShell, ruStudy, { addresses: ruAddresses, connect: ruConnect, records: ruRecords });

/** Every message by its path; functions are called with each of the arguments below for all their parameters. */
function sentences(messages: object, argument: unknown, path = ''): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]: [string, unknown]) => {
    const here = `${path}/${key}`;
    if (typeof value === 'string') return [[here, value]];
    if (typeof value === 'function') {
      const call = value as (...args: unknown[]) => string;
      return [[here, call(...Array.from({ length: call.length }, () => argument))]];
    }
    return sentences(value as object, argument, here);
  });
}

const LANGUAGES = { en, fr, ru };

describe.each(Object.entries(LANGUAGES))('%s', (_, shell) => {
  it.each([0, 1, 2, 5, 21, 29_812, 0.5])('says something sensible for %d', (n) => {
    for (const [path, text] of sentences(shell, n)) {
      expect(text.trim(), path).not.toBe('');
      expect(text, path).not.toMatch(/undefined|NaN|\[object|=>/);
    }
  });
});

describe.each([
  ['French', fr],
  ['Russian', ru],
])('%s', (_, shell) => {
  it('is translated: hardly anything reads as in English', () => {
    const english = new Map(sentences(en, 7));
    const all = sentences(shell, 7);
    const same = all.filter(([path, text]) => english.get(path) === text).map(([path]) => path);
    expect(same.length / all.length, same.join(' ')).toBeLessThan(0.1);
  });
});

describe('Russian', () => {
  it('writes in Cyrillic wherever there are words', () => {
    const latin = sentences(ru, 7).filter(([, text]) => /[a-z]{3}/i.test(text) && !/[а-яё]/i.test(text));
    expect(latin.map(([path]) => path)).toEqual([]);
  });

  it('counts as Russians do', () => {
    expect([1, 2, 5, 11, 21, 104].map((n) => ru.bar.images(n).replace(/^\d+\s/, ''))).toEqual([
      'изображение',
      'изображения',
      'изображений',
      'изображений',
      'изображение',
      'изображения',
    ]);
  });
});
