import { toRecord } from '../../../domain/errors';
import type { RemoteReason } from '../../../domain/remote';
import type { Messages } from '../../i18n/messages';

/** What went wrong with a server, in the person's language; '' for what the person ended. */
export function sentenceOf(error: unknown, messages: Messages): string {
  const { code, params } = toRecord(error);
  if (code === 'cancelled') return '';
  if (code !== 'remote') return messages.shell.errors[code]();
  const { reason, origin = '', detail = '' } = params as Record<string, string>;
  return messages.connect.reasons[reason as RemoteReason](origin, detail).trim();
}

/** Whether the server may only lack the permission for this page. */
export function mayBeCors(error: unknown): boolean {
  const { code, params } = toRecord(error);
  return code === 'remote' && params['reason'] === 'unreachable';
}

/** What a server has to be told so that this page may read its answers, as lines of its configuration. */
export function corsSettings(page: string): string {
  return [
    'http.cors.enabled: true',
    `http.cors.allow-origin: "${page}"`,
    'http.cors.allow-headers: X-Requested-With, Content-Type, Content-Length, Authorization',
  ].join('\n');
}
