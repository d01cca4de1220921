import { i18n } from '../i18n/i18n.svelte';
import { notices } from './notices.svelte';

/** Says that so many files of a project that was opened wait, and offers to go on with them. */
export function sayUnfinished(waiting: number, run: () => Promise<void>): void {
  notices.warn(() => i18n.m.shell.notices.unfinished(waiting), {
    label: () => i18n.m.shell.progress.continueRun,
    run: () => void run().catch((error) => notices.error(error)),
  });
}

/** Says that so many files of a project are not here, and offers to show them. */
export function sayMissing(missing: number, atAddresses: boolean, show: () => void): void {
  notices.warn(() => (atAddresses ? i18n.m.addresses : i18n.m.shell.notices).missing(missing), {
    label: () => i18n.m.shell.notices.show,
    run: show,
  });
}
