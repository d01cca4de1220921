import { cpus, totalmem } from 'node:os';
import type { BrowserContext } from 'playwright';

export interface Machine {
  cpu: string;
  cores: number;
  memoryGB: number;
  node: string;
  browser: string;
  /** `vendor architecture`, or `none`; `google swiftshader` is Chromium's software adapter. */
  adapter: string;
  date: string;
}

/** What the numbers were measured on; a number without it means nothing. */
export async function describeMachine(context: BrowserContext, url: string): Promise<Machine> {
  const page = await context.newPage();
  await page.goto(url);
  const adapter = await page.evaluate(async () => {
    const info = (await navigator.gpu?.requestAdapter())?.info;
    return info ? `${info.vendor} ${info.architecture}`.trim() : 'none';
  });
  // The user agent gives the major version only.
  const { product } = await (await context.newCDPSession(page)).send('Browser.getVersion');
  await page.close();
  return {
    cpu: cpus()[0].model,
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    browser: product,
    adapter,
    date: new Date().toISOString().slice(0, 10),
  };
}
