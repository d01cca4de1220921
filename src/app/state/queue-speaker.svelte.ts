import type { ErrorRecord } from '../../domain/errors';
import { i18n } from '../i18n/i18n.svelte';
import { notices } from './notices.svelte';
import type { QueueRun } from './queue.svelte';

/** Says what became of sets that nobody looks at, and at the end what became of all. */
export class QueueSpeaker {
  /** Said in the title of a page that is not looked at; null: nothing to say. */
  title = $state<string | null>(null);
  /** Opens a project; given by whoever can. */
  open: (projectId: string) => void = () => undefined;
  private finished = 0;
  private asideCount = 0;

  constructor(private readonly queue: QueueRun) {}

  ready(projectId: string): void {
    this.finished++;
    const set = this.queue.sets.find(({ project }) => project.id === projectId);
    if (!set || this.queue.isShown(projectId)) return;
    const { name } = set.project;
    const { embedded } = set.counts;
    notices.info(() => i18n.m.queue.ready(name, embedded), {
      label: () => i18n.m.queue.open,
      run: () => this.open(projectId),
    });
  }

  setAside(projectId: string, error: ErrorRecord): void {
    this.asideCount++;
    const name = this.queue.sets.find(({ project }) => project.id === projectId)?.project.name ?? '';
    const text = (): string => i18n.m.queue.setAside(name, i18n.m.shell.errors[error.code]());
    notices.say({ tone: 'error', text, detail: error.message });
  }

  /** One summary for more than one set; for one, what it shows is enough. */
  over(): void {
    const [finished, aside] = [this.finished, this.asideCount];
    this.finished = this.asideCount = 0;
    if (finished + aside < 2) return;
    const text = (): string => i18n.m.queue.allReady(finished, aside);
    notices.say({ tone: 'info', text }, true);
    if (!document.hidden) return;
    this.title = text();
    const seen = (): void => {
      if (document.hidden) return;
      this.title = null;
      document.removeEventListener('visibilitychange', seen);
    };
    document.addEventListener('visibilitychange', seen);
    // Never asked for: only where the person has allowed it already.
    if (globalThis.Notification?.permission === 'granted') new Notification('Tessera', { body: text() });
  }
}
