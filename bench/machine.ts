import type { Browser } from 'playwright';
import { cpus, totalmem } from 'node:os';

export interface Machine {
  cpu: string;
  cores: number;
  memoryGB: number;
  node: string;
  chromium: string;
  /** `vendor architecture`, or `none`; the software adapter is Chromium's SwiftShader. */
  adapter: string;
  date: string;
}

/** What the numbers were measured on; a number without it means nothing. */
export async function describeMachine(browser: Browser, url: string): Promise<Machine> {
  const page = await browser.newPage();
  await page.goto(url);
  const adapter = await page.evaluate(async () => {
    const info = (await navigator.gpu?.requestAdapter())?.info;
    return info ? `${info.vendor} ${info.architecture}`.trim() : 'none';
  });
  await page.close();
  return {
    cpu: cpus()[0].model,
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    chromium: browser.version(),
    adapter,
    date: new Date().toISOString().slice(0, 10),
  };
}
