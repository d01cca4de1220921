import type { BrowserContext } from 'playwright';

/** Seconds of processor time that all processes of the browser have taken so far. */
export async function cpuSeconds(context: BrowserContext): Promise<number> {
  const session = await context.browser()!.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}
