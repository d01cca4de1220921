import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { ROOT } from './build-if-stale';
import { chromiumArgs, ensureChromium } from './chromium';

// Draws public/icons/icon.svg at the sizes that systems ask for when the app is installed.
const FOLDER = join(ROOT, 'public/icons');
const svg = readFileSync(join(FOLDER, 'icon.svg'), 'utf8');
const GROUND = '#17181a';

const ICONS = [
  { file: 'icon-192.png', size: 192, ground: 'transparent', scale: 1 },
  { file: 'icon-512.png', size: 512, ground: 'transparent', scale: 1 },
  // Systems cut maskable icons to their own shape: what matters stays inside a circle of 80 %.
  { file: 'icon-maskable-512.png', size: 512, ground: GROUND, scale: 0.82 },
  { file: 'apple-touch-icon.png', size: 180, ground: GROUND, scale: 1 },
];

const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumArgs() });
for (const { file, size, ground, scale } of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const style = `margin:0;background:${ground};display:grid;place-items:center;height:100vh`;
  await page.setContent(
    `<body style="${style}"><img style="width:${scale * 100}%" src="data:image/svg+xml;base64,${btoa(svg)}">`,
  );
  await page.locator('img').evaluate((image: HTMLImageElement) => image.decode());
  writeFileSync(join(FOLDER, file), await page.screenshot({ omitBackground: ground === 'transparent' }));
  await page.close();
}
await browser.close();
