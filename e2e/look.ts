import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

/** What reaches beyond the window's sides, or is wider than the box that should hold it. */
function sticksOut(): string[] {
  const isSeen = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true });
  const scrolls = (element: Element): boolean => /auto|scroll/.test(getComputedStyle(element).overflowX);
  const name = (element: Element): string =>
    `${element.tagName.toLowerCase()} ${element.textContent?.trim().slice(0, 40) ?? ''}`;
  const found: string[] = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push('the page');
  for (const element of document.querySelectorAll('dialog[open], dialog[open] *, .questions *')) {
    if (!isSeen(element)) continue;
    const { left, right, width } = element.getBoundingClientRect();
    let inScroller = false;
    for (let at: Element | null = element; at; at = at.parentElement)
      inScroller ||= scrolls(at) && at !== element;
    if (width > 1 && !inScroller && (left < -1 || right > innerWidth + 1))
      found.push(`outside: ${name(element)}`);
    if (element.matches('dialog') && element.scrollWidth > element.clientWidth + 1)
      found.push(`wider than its window: ${name(element)}`);
    if (
      width > 1 &&
      element.matches('button, legend, summary, h2') &&
      element.scrollWidth > element.clientWidth + 1
    )
      found.push(`cut: ${name(element)}`);
  }
  return found;
}

/** Looks at what is shown as on a desk and on a phone, light and dark: nothing is cut, nothing breaks a rule of access. */
export async function look(page: Page, picture: (name: string) => string, name: string): Promise<void> {
  const before = page.viewportSize()!;
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // Two frames: what is shown may be of the scheme before.
      await page.evaluate(
        () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
      );
      const title = `${name}-${size.width}-${colorScheme}`;
      await page.screenshot({ path: picture(`${title}.png`) });
      const { violations } = await new AxeBuilder({ page }).analyze();
      const wrong = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      expect([...wrong, ...(await page.evaluate(sticksOut))], title).toEqual([]);
    }
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' });
  await page.setViewportSize(before);
}
