import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { queue as queueEn } from '../src/app/i18n/en/queue';
import { views as viewsEn } from '../src/app/i18n/en/views';
import { queue as queueFr } from '../src/app/i18n/fr/queue';
import { views as viewsFr } from '../src/app/i18n/fr/views';
import { queue as queueRu } from '../src/app/i18n/ru/queue';
import { views as viewsRu } from '../src/app/i18n/ru/views';
import { drop } from './actions';
import { expect, test } from './fixtures';
import { motifFolders, writeTree } from './make-images';

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 800 };
test.use({ viewport: PHONE });

const LANGUAGES = [
  { locale: 'en-GB', name: 'Birds of summer', queue: queueEn, views: viewsEn },
  { locale: 'fr-FR', name: 'Jeu d’exemples', queue: queueFr, views: viewsFr },
  { locale: 'ru-RU', name: 'Фотографии птиц', queue: queueRu, views: viewsRu },
];

type Box = NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>;
const boxOf = async (locator: Locator): Promise<Box> => (await locator.boundingBox())!;
/** Whether two boxes have more than an edge in common. */
const meet = (a: Box, b: Box): boolean =>
  a.x + a.width > b.x + 1 && b.x + b.width > a.x + 1 && a.y + a.height > b.y + 1 && b.y + b.height > a.y + 1;

async function apart(locators: Record<string, Locator>): Promise<void> {
  const boxes = await Promise.all(
    Object.entries(locators).map(async ([name, locator]) => [name, await boxOf(locator)] as const),
  );
  const meeting = boxes.flatMap(([a, box], i) =>
    boxes.slice(i + 1).flatMap(([b, other]) => (meet(box, other) ? [`${a} and ${b}`] : [])),
  );
  expect(meeting).toEqual([]);
}

async function clean(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
  }
}

for (const { locale, name, queue, views } of LANGUAGES)
  test.describe(locale, () => {
    test.use({ locale });

    test('on a phone the name is whole, the legend folds below the map, and what is asked covers nothing', async ({
      page,
      site,
      folder,
    }) => {
      const seen = (what: string): Promise<Buffer> =>
        page.screenshot({ path: test.info().outputPath(`${what}.png`) });
      const files = motifFolders(4);
      const rows = Object.keys(files).map((path, i) => `${path},${i}`);
      writeTree(join(folder, name), { ...files, 'list.csv': ['where,number', ...rows].join('\n') });
      await page.goto(site.url);
      await drop(page, join(folder, name));
      await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 120_000 });
      await expect(page.getByRole('slider').first()).toBeVisible({ timeout: 60_000 });
      const map = page.getByRole('application');
      await expect(map).toBeVisible();

      const project = page.getByRole('banner').getByRole('button', { name, exact: true });
      const cut = await project
        .locator('.label')
        .evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
      expect(cut).toBe(false);
      await expect(page.getByRole('banner').locator('.count')).toBeInViewport({ ratio: 1 });

      const offer = page.getByRole('region', { name: queue.offered });
      const strip = page.getByRole('region', { name: views.k.label });
      const rail = page.getByRole('navigation').first();
      const toggle = page.locator('button[aria-expanded]', { hasText: views.map.legend });
      const legend = page.getByRole('list', { name: views.map.legend });
      await expect(offer).toBeVisible();
      await expect(toggle).toHaveAttribute('aria-expanded', 'false');
      await expect(legend).toHaveCount(0);
      await apart({ map, toggle, offer, strip, rail });
      await seen('folded');
      await clean(page);

      // Opened and folded by the keyboard, which goes on into the entries.
      await toggle.focus();
      await page.keyboard.press('Enter');
      await expect(toggle).toHaveAttribute('aria-expanded', 'true');
      await expect(legend).toBeVisible();
      await page.keyboard.press('Tab');
      await expect(legend.getByRole('button').first()).toBeFocused();
      await apart({ map, toggle, legend, offer, strip, rail });
      const entries = await legend.getByRole('listitem').all();
      expect(entries.length).toBeGreaterThan(3);
      await apart(Object.fromEntries(entries.map((entry, i) => [`entry ${i}`, entry])));
      await seen('open');
      await clean(page);

      // On a desk it stands in its corner again, and the question still covers nothing.
      await page.setViewportSize(DESK);
      await apart({ offer, strip, rail, legend, toggle });
      await apart({ offer, map });
      await expect(legend.getByRole('listitem').last()).toBeVisible();
      await seen('desk');
      await clean(page);
      await page.setViewportSize(PHONE);

      await toggle.focus();
      await page.keyboard.press('Enter');
      await expect(legend).toHaveCount(0);
      await offer.getByRole('button', { name: queue.leaveOut }).press('Enter');
      await expect(offer).toHaveCount(0);
      await seen('answered');
    });
  });
