import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures';

test.use({ viewport: { width: 390, height: 844 } });

for (const [locale, last] of [
  ['en-GB', 'Projects'],
  ['fr-FR', 'Projets'],
  ['ru-RU', 'Проекты'],
])
  test.describe(locale, () => {
    test.use({ locale });

    test('every screen is reached from a narrow rail by keyboard, and its name is whole', async ({
      page,
      site,
    }) => {
      await page.goto(`${site.url}#projects`);
      const links = page.locator('nav').first().getByRole('link');
      await expect(links.last()).toHaveText(last);
      // The current one is in view without being asked for.
      await expect(links.last()).toBeInViewport({ ratio: 1 });
      await links.first().focus();
      const n = await links.count();
      for (let i = 0; i < n; i++) {
        if (i > 0) await page.keyboard.press('Tab');
        await expect(links.nth(i)).toBeFocused();
        await expect(links.nth(i)).toBeInViewport({ ratio: 1 });
        const cut = await links
          .nth(i)
          .locator('span')
          .evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
        expect(cut, `entry ${i}`).toBe(false);
      }
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Enter');
      await expect(links.nth(n - 2)).toHaveAttribute('aria-current', 'page');
    });
  });
