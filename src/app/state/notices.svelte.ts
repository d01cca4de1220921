import { toRecord, type ErrorRecord } from '../../domain/errors';
import { i18n } from '../i18n/i18n.svelte';

export interface Notice {
  id: number;
  tone: 'info' | 'warning' | 'error';
  /** Read while shown, so that it follows the language. */
  text: () => string;
  /** The technical sentence behind it. */
  detail?: string;
  action?: { label: () => string; run: () => void };
}

/** How long good news stays; bad news stays until it is dismissed. */
const INFO_MS = 8_000;
const MOST = 4;

/** What the app tells the person, latest last. Errors are never swallowed: they end here. */
class Notices {
  list = $state.raw<readonly Notice[]>([]);
  private next = 1;

  say(notice: Omit<Notice, 'id'>, stay = notice.tone !== 'info'): number {
    const id = this.next++;
    this.list = [...this.list, { ...notice, id }].slice(-MOST);
    if (!stay) setTimeout(() => this.dismiss(id), INFO_MS);
    return id;
  }

  info(text: () => string, action?: Notice['action']): number {
    return this.say({ tone: 'info', text, action });
  }

  warn(text: () => string, action?: Notice['action']): number {
    return this.say({ tone: 'warning', text, action });
  }

  /** Shows any thrown value, except a cancellation; an error already shown is not repeated. */
  error(error: unknown, action?: Notice['action']): void {
    this.record(toRecord(error), action);
  }

  record(record: ErrorRecord, action?: Notice['action']): void {
    if (record.code === 'cancelled') return;
    if (this.list.some((notice) => notice.tone === 'error' && notice.detail === record.message)) return;
    const text = (): string => i18n.m.shell.errors[record.code]();
    this.say({ tone: 'error', text, detail: record.message, action });
  }

  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }
}

export const notices = new Notices();
