import type { Browser, Page } from '@playwright/test';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Of a thread's own clock, in microseconds: what else the machine does meanwhile does not count. */
  tdur?: number;
  args?: { name?: string };
}

/**
 * The longest task of the page's main thread while `work` goes on, in milliseconds that the processor spent on it. Unlike the
 * time on the wall it does not grow when others want the same cores.
 */
export async function longestTask(browser: Browser, page: Page, work: () => Promise<void>): Promise<number> {
  await browser.startTracing(page, {
    categories: ['disabled-by-default-devtools.timeline', 'toplevel'],
  });
  await work();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const { traceEvents } = trace;
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}-${tid}`),
  );
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid, tdur }) =>
      name === 'RunTask' && ph === 'X' && tdur !== undefined && mains.has(`${pid}-${tid}`),
  );
  if (tasks.length === 0) throw new Error('The trace holds no task of a main thread.');
  return Math.max(...tasks.map(({ tdur }) => tdur!)) / 1000;
}
