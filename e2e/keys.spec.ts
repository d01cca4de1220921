import { expect, test } from './fixtures';

for (const [locale, box] of [
  ['en-GB', 'Go to the search box'],
  ['fr-FR', 'Aller au champ de recherche'],
  ['ru-RU', 'Перейти к полю поиска'],
])
  test.describe(locale, () => {
    test.use({ locale });

    test('every screen of the rail is reached by its number, and the list of keys says so', async ({
      page,
      site,
    }) => {
      await page.goto(`${site.url}#projects`);
      const links = page.locator('nav').first().getByRole('link');
      await expect(links).toHaveCount(9);
      const entries = await links.evaluateAll((all) =>
        all.map((link) => ({
          key: link.getAttribute('aria-keyshortcuts')!,
          screen: link.getAttribute('href')!,
          name: link.textContent!.trim(),
        })),
      );
      expect(entries.map(({ key }) => key)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
      for (const { key, screen } of entries) {
        await page.keyboard.press(key);
        await expect(page).toHaveURL(new RegExp(`${screen}$`));
      }
      await page.keyboard.press('?');
      const dialog = page.getByRole('dialog');
      const keys = await dialog.locator('dt').allInnerTexts();
      const names = await dialog.locator('dd').allInnerTexts();
      expect(keys.slice(-9)).toEqual(entries.map(({ key }) => key));
      expect(names.slice(-9)).toEqual(entries.map(({ name }) => name));
      expect(names[keys.indexOf('/')]).toBe(box);
      await page.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0);
    });
  });
