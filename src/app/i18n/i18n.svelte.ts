import type { Messages } from './messages';
import { shell as enShell } from './en/shell';
import { views as enViews } from './en/views';

export type Locale = 'en' | 'fr' | 'ru';

const en: Messages = { shell: enShell, views: enViews };

/** The interface language: `i18n.m.views.map.title`, `i18n.int(29812)`. Reading it in markup makes the markup follow it. */
class I18n {
  locale = $state<Locale>('en');
  m = $state.raw<Messages>(en);
  int = (n: number): string => new Intl.NumberFormat(this.locale).format(n);
}

export const i18n = new I18n();
