import { expect, it } from 'vitest';
import { TesseraError } from '../../../domain/errors';
import { remoteError } from '../../../sources/remote/request';
import { connect } from '../../i18n/fr/connect';
import { shell } from '../../i18n/fr/shell';
import type { Messages } from '../../i18n/messages';
import { corsSettings, mayBeCors, sentenceOf } from './sentence';

const fr = { connect, shell } as Messages;

it('says in the language of the page what a server did', () => {
  const error = remoteError(
    'refused',
    'https://es refused the request (no such field).',
    'https://es',
    'no such field',
  );
  expect(sentenceOf(error, fr)).toBe('https://es a refusé. no such field');
  expect(mayBeCors(error)).toBe(false);
  expect(mayBeCors(remoteError('unreachable', 'x', 'https://es'))).toBe(true);
  expect(sentenceOf(new TesseraError('cancelled', 'Cancelled.'), fr)).toBe('');
  expect(sentenceOf(new TesseraError('quota', 'Full.'), fr)).toBe(shell.errors.quota());
});

it('names this page to the server, and the header of the login', () => {
  expect(corsSettings('https://page.example')).toBe(
    'http.cors.enabled: true\nhttp.cors.allow-origin: "https://page.example"\n' +
      'http.cors.allow-headers: X-Requested-With, Content-Type, Content-Length, Authorization',
  );
});
