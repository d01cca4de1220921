import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { drawnSet } from '../../../test/harness/drawn-set';
import { FakeSession } from '../../../test/harness/fake-session.svelte';
import GalleryHost from '../../../test/harness/GalleryHost.svelte';
import '../theme.css';

let clean = (): void => undefined;
afterEach(() => clean());

function show(n: number, shown = n): FakeSession {
  const session = new FakeSession(drawnSet(n));
  const target = document.createElement('div');
  document.body.append(target);
  const rows = Uint32Array.from({ length: shown }, (_, i) => i % n);
  const component = mount(GalleryHost, { target, props: { session, rows, label: 'Images' } });
  flushSync();
  clean = () => {
    void unmount(component);
    target.remove();
  };
  return session;
}

const grid = (): Element => page.getByRole('grid', { name: 'Images' }).element();
const focused = (): number => Number((document.activeElement as HTMLElement).dataset.index);

describe('gallery', () => {
  it('is one stop of the tab key, and the arrows walk through it', async () => {
    const session = show(300);
    await expect.poll(() => grid().querySelectorAll('img').length).toBeGreaterThan(20);
    await userEvent.keyboard('{Tab}');
    expect(focused()).toBe(0);
    expect(grid().querySelectorAll('[tabindex="0"]')).toHaveLength(1);
    await userEvent.keyboard('{ArrowRight}{ArrowDown}');
    const columns = Number(grid().getAttribute('aria-colcount'));
    expect(focused()).toBe(columns + 1);
    expect(session.hovered).toBe(columns + 1);
    await userEvent.keyboard('{Control>}{End}{/Control}');
    await expect.poll(focused).toBe(299);
    await userEvent.keyboard('{Home}');
    await expect.poll(focused).toBe(299 - (299 % columns));
  });

  it('selects with space, shift and Ctrl-A, and opens the image with Enter', async () => {
    const session = show(300);
    await userEvent.keyboard('{Tab} ');
    expect([...session.selection.rows]).toEqual([0]);
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowRight}{/Shift}');
    expect([...session.selection.rows]).toEqual([0, 1, 2]);
    expect(document.activeElement?.getAttribute('aria-selected')).toBe('true');
    await userEvent.keyboard('{Control>}a{/Control}');
    expect(session.selection.count).toBe(300);
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('dialog')).toBeVisible();
    await expect.element(page.getByText('3 of 300')).toBeVisible();
    await userEvent.keyboard('{ArrowRight}{Escape}');
    await expect.poll(focused).toBe(3);
    expect(session.selection.count).toBe(300);
  });

  it('selects with the mouse: one, a range, and one more', async () => {
    const session = show(300);
    const cell = (i: number): Element => grid().querySelector(`[data-index="${i}"]`)!;
    await userEvent.click(cell(2));
    await userEvent.click(cell(6), { modifiers: ['Shift'] });
    await userEvent.click(cell(4), { modifiers: ['ControlOrMeta'] });
    expect([...session.selection.rows]).toEqual([2, 3, 5, 6]);
  });

  it('holds 100,000 images with a few dozen elements, and asks only for the thumbnails someone stops at', async () => {
    const session = show(300, 100_000);
    await expect.poll(() => session.thumbnailsAsked.length).toBeGreaterThan(0);
    session.thumbnailsAsked.length = 0;
    for (let i = 1; i <= 20; i++) {
      grid().scrollTop = i * 40_000;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    await expect.poll(() => session.thumbnailsAsked.length).toBeGreaterThan(0);
    const cells = grid().querySelectorAll('[role="gridcell"]').length;
    expect(cells).toBeLessThan(200);
    expect(session.thumbnailsAsked.length).toBeLessThan(3 * cells);
  });
});
