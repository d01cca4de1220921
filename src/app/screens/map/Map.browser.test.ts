import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { drawnSet } from '../../../../test/harness/drawn-set';
import { FakeSession, type FakeState } from '../../../../test/harness/fake-session.svelte';
import MapHost from '../../../../test/harness/MapHost.svelte';
import { clusterRgba } from '../../state/palette';
import { theme } from '../../state/theme.svelte';
import { boundsOf, fitted, mapMargins, toScreen } from './camera';
import { mapView } from './map-view.svelte';
import { flattened } from './orbit';
import '../../theme.css';

let clean = (): void => undefined;
beforeEach(async () => {
  await page.viewport(900, 600);
  Object.assign(mapView, {
    tool: 'pan',
    mode: 'replace',
    pictures: 'never',
    list: false,
    colourBy: 'cluster',
    filter: { of: '', shown: null },
    search: '',
    camera: null,
    orbit: null,
  });
});
afterEach(() => clean());

const set = drawnSet(500);

function show(state: FakeState = 'ready'): FakeSession {
  const session = new FakeSession(set);
  session.state = state;
  const target = document.createElement('div');
  document.body.append(target);
  const component = mount(MapHost, { target, props: { session } });
  flushSync();
  clean = () => {
    void unmount(component);
    target.remove();
  };
  return session;
}

const plot = (): HTMLElement => document.querySelector<HTMLElement>('[role="application"]')!;

/** How much of the map its tools take up. */
const tools = (): number => document.querySelector('.tools')!.clientHeight;

/** Where a row is drawn while the view shows everything. */
function placeOf(row: number): { clientX: number; clientY: number } {
  const box = plot().getBoundingClientRect();
  const { coords } = set.projection;
  const camera = fitted(boundsOf(coords)!, box, mapMargins(box.width, true, tools()));
  const [x, y] = toScreen(camera, box, coords[2 * row], coords[2 * row + 1]);
  return { clientX: box.x + x, clientY: box.y + y };
}

function pointer(type: string, at: { clientX: number; clientY: number }, more: PointerEventInit = {}): void {
  const init = { bubbles: true, pointerId: 1, pointerType: 'mouse', ...at, ...more };
  plot().dispatchEvent(new PointerEvent(type, init));
}

/** A point no other lies on top of, so that the test knows the answer. */
function lonelyRow(): number {
  const { coords } = set.projection;
  const gaps = Array.from({ length: 500 }, (_, a) => {
    let gap = Infinity;
    for (let b = 0; b < 500; b++)
      if (a !== b)
        gap = Math.min(gap, Math.hypot(coords[2 * a] - coords[2 * b], coords[2 * a + 1] - coords[2 * b + 1]));
    return gap;
  });
  return gaps.indexOf(Math.max(...gaps));
}

describe('map', () => {
  it('draws the points with deck.gl, each in the colour of its cluster', async () => {
    const session = show();
    const row = lonelyRow();
    const box = plot().getBoundingClientRect();
    const at = placeOf(row);
    const wanted = clusterRgba(session.clustering!.labels[row], theme.shown);
    const difference = async (): Promise<number> => {
      const base64 = await page.screenshot({ element: plot(), save: false });
      const png = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const picture = await createImageBitmap(new Blob([png]));
      const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d')!;
      context.drawImage(picture, 0, 0);
      const { data } = context.getImageData(
        Math.round(at.clientX - box.x),
        Math.round(at.clientY - box.y),
        1,
        1,
      );
      return Math.max(...[0, 1, 2].map((c) => Math.abs(data[c] - wanted[c])));
    };
    // Dots let a sixth of the ground through.
    await expect.poll(difference, { timeout: 90_000, interval: 500 }).toBeLessThan(45);
  });

  it('answers a hover with the right image within 50 ms', async () => {
    const session = show();
    const row = lonelyRow();
    const start = performance.now();
    pointer('pointermove', placeOf(row));
    flushSync();
    expect(performance.now() - start).toBeLessThan(50);
    expect(session.hovered).toBe(row);
    await expect.poll(() => document.querySelector('.card img'), { timeout: 20_000 }).not.toBeNull();
    expect(document.querySelector('.card')?.textContent).toContain(set.rows.paths[row].split('/').at(-1));
    pointer('pointerleave', placeOf(row));
    expect(session.hovered).toBeNull();
  });

  it('selects by click, adds with shift, takes away with Ctrl, clears on the ground', () => {
    const session = show();
    const row = lonelyRow();
    const click = (more: PointerEventInit = {}): void => {
      pointer('pointerdown', placeOf(row), more);
      pointer('pointerup', placeOf(row), more);
    };
    click();
    expect([...session.selection.rows]).toEqual([row]);
    click({ ctrlKey: true });
    expect(session.selection.count).toBe(0);
    session.select([1], 'replace');
    click({ shiftKey: true });
    expect([...session.selection.rows].sort()).toEqual([1, row].sort());
    const corner = plot().getBoundingClientRect();
    const ground = { clientX: corner.right - 3, clientY: corner.bottom - 3 };
    pointer('pointerdown', ground);
    pointer('pointerup', ground);
    expect(session.selection.count).toBe(0);
  });

  it('selects everything a lasso goes round, and keeps the view still', async () => {
    const session = show();
    await userEvent.click(page.getByRole('button', { name: 'Lasso' }));
    const box = plot().getBoundingClientRect();
    const corners = [
      [1, 1],
      [799, 1],
      [799, 499],
      [1, 499],
    ].map(([x, y]) => ({ clientX: box.x + x, clientY: box.y + y }));
    pointer('pointerdown', corners[0]);
    for (const corner of corners) pointer('pointermove', corner);
    pointer('pointerup', corners[3]);
    expect(session.selection.count).toBe(500);
    expect(mapView.camera).toBeNull();
  });

  it('adds and takes away with the buttons, Shift and Alt', async () => {
    const session = show();
    const row = lonelyRow();
    await userEvent.click(page.getByRole('button', { name: 'Box' }));
    const at = placeOf(row);
    const box = (more: PointerEventInit = {}): void => {
      pointer('pointerdown', { clientX: at.clientX - 6, clientY: at.clientY - 6 }, more);
      pointer('pointermove', { clientX: at.clientX + 6, clientY: at.clientY + 6 }, more);
      pointer('pointerup', { clientX: at.clientX + 6, clientY: at.clientY + 6 }, more);
    };
    session.select([row === 0 ? 1 : 0], 'replace');
    box({ shiftKey: true });
    expect(session.selection.count).toBe(2);
    box({ altKey: true });
    expect(session.selection.mask[row]).toBe(0);
    expect(session.selection.count).toBe(1);
    await userEvent.click(page.getByRole('button', { name: 'Add to the selection' }));
    box();
    expect(session.selection.count).toBe(2);
    await userEvent.click(page.getByRole('button', { name: 'Take from the selection' }));
    box();
    expect(session.selection.count).toBe(1);
  });

  it('greys out what the legend does not let through: it cannot be pointed at', async () => {
    const session = show();
    const row = lonelyRow();
    const own = session.clustering!.labels[row];
    const other = own === 0 ? 1 : 0;
    const only = (cluster: number) =>
      page.getByRole('list', { name: 'Legend' }).getByRole('button', {
        name: `Show only ${session.notes.get(cluster)?.name ?? `Cluster ${cluster}`},`,
      });
    await userEvent.click(only(other));
    pointer('pointermove', placeOf(row));
    expect(session.hovered).not.toBe(row);
    await expect.element(page.getByRole('group', { name: 'Filter' })).toBeVisible();
    only(own)
      .element()
      .dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: true }));
    flushSync();
    pointer('pointermove', placeOf(row));
    expect(session.hovered).toBe(row);
    await userEvent.click(page.getByRole('button', { name: 'Clear the filter' }));
    expect(document.querySelector('.filter')).toBeNull();
  });

  it('hangs pictures on the map that can be pointed at, and asks for no more than it shows', async () => {
    const session = show();
    mapView.pictures = 'always';
    await expect.poll(() => session.thumbnailsAsked.length, { timeout: 30_000 }).toBeGreaterThan(5);
    expect(new Set(session.thumbnailsAsked).size).toBeLessThan(400);
    const row = session.thumbnailsAsked[0];
    const at = placeOf(row);
    // Farther from the point than a dot reaches.
    pointer('pointermove', { clientX: at.clientX + 17, clientY: at.clientY + 17 });
    expect(session.hovered).toBe(row);
  });

  it('turns in space, and finds what is under the pointer there', async () => {
    const session = show('space');
    const space = page.getByRole('application', { name: /in space/ });
    await expect.element(space).toBeVisible();
    plot().focus();
    await userEvent.keyboard('{ArrowLeft}{Shift>}{ArrowUp}{/Shift}-');
    const turned = mapView.orbit!;
    expect(turned.rotationOrbit).not.toBe(-30);
    const box = plot().getBoundingClientRect();
    const { coords } = session.projection!;
    const flat = flattened(coords, turned, box);
    const row = 7;
    pointer('pointermove', { clientX: box.x + flat[2 * row], clientY: box.y - flat[2 * row + 1] });
    const hovered = session.hovered!;
    const away = Math.hypot(flat[2 * hovered] - flat[2 * row], flat[2 * hovered + 1] - flat[2 * row + 1]);
    expect(away).toBeLessThan(0.01);
    await userEvent.keyboard('0');
    expect(mapView.orbit).toBeNull();
  });

  it('moves and zooms with the keyboard, and shows everything again with 0', async () => {
    show();
    plot().focus();
    await userEvent.keyboard('{ArrowLeft}+');
    expect(mapView.camera).not.toBeNull();
    await userEvent.keyboard('0');
    expect(mapView.camera).toBeNull();
  });

  it('says the same in a list that the keyboard reaches', async () => {
    const session = show();
    const first = page.getByRole('button', { name: /^Select cluster 0/ });
    const list = page.getByRole('region', { name: 'The map as a list' });
    expect(list.element().getBoundingClientRect().width).toBeLessThan(2);
    (
      list
        .getByRole('button', { name: /Cluster 0/ })
        .first()
        .element() as HTMLElement
    ).focus();
    await expect.poll(() => list.element().getBoundingClientRect().width).toBeGreaterThan(300);
    await userEvent.keyboard('{Enter}');
    await expect.element(list.getByRole('grid')).toBeVisible();
    expect(first.elements().length).toBeGreaterThan(0);
    expect(session.selection.count).toBe(0);
  });

  it('shows the pictures before there is a map, and why there is none', async () => {
    const session = show('busy');
    await expect.element(page.getByText('Forming clusters: 42%, about 37 sec left')).toBeVisible();
    await expect.element(page.getByRole('grid')).toBeVisible();
    session.state = 'failed';
    await expect.element(page.getByText('The graphics device stopped responding.')).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Try again' }));
    expect(session.state).toBe('busy');
    session.state = 'empty';
    await expect.element(page.getByText('No images yet')).toBeVisible();
  });

  it('shows the list, and says so, where WebGL 2 is missing', async () => {
    const original = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = (() => null) as typeof original;
    try {
      show();
      await expect.element(page.getByText('The map cannot be drawn here')).toBeVisible();
      await expect.element(page.getByRole('region', { name: 'The map as a list' })).toBeVisible();
    } finally {
      HTMLCanvasElement.prototype.getContext = original;
    }
  });
});
