import { defineConfig, devices } from '@playwright/test';
import { chromiumArgs, ensureChromium } from './scripts/chromium';

// The built site, in a real Chromium, used as a person would. One worker: embedding takes all the cores there are.
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/build.ts',
  outputDir: 'test-results/e2e',
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  forbidOnly: !!process.env['CI'],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    trace: 'retain-on-failure',
    launchOptions: { executablePath: ensureChromium(), args: chromiumArgs() },
  },
});
