import * as Plot from '@observablehq/plot';
import { flushSync, mount, unmount, type ComponentProps } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { theme } from '../../state/theme.svelte';
import '../../theme.css';
import { drawPlot, type FigurePlot } from './draw';
import { figurePng, figureSvg } from './export-figure';
import Figure from './Figure.svelte';

const SIZES = [
  { name: 'fish', images: 7 },
  { name: 'lice', images: 3 },
  { name: 'nets', images: 5 },
];
const bars: FigurePlot = (_, { Plot: kit }) => ({
  marks: [
    kit.barX(SIZES, {
      x: 'images',
      y: 'name',
      fill: 'var(--accent)',
      className: 'pick',
      ariaLabel: ({ name, images }: (typeof SIZES)[number]) => `${name}: ${images}`,
    }),
    kit.ruleX([0]),
  ],
});
const CONTENT = {
  title: 'Sizes',
  caption: 'Data: 15 images. Seed: 1.',
  legend: [{ label: 'images', colour: 'var(--accent)' }],
  plot: bars,
};

let clean = (): void => undefined;
afterEach(() => {
  clean();
  clean = () => undefined;
  theme.choose('system');
});

function show(props: Partial<ComponentProps<typeof Figure>> = {}): HTMLElement {
  const target = document.createElement('div');
  target.style.width = '500px';
  document.body.append(target);
  const table = { columns: ['name', 'images'], rows: SIZES.map(({ name, images }) => [name, images]) };
  const component = mount(Figure, { target, props: { ...CONTENT, name: 'sizes', table, ...props } });
  flushSync();
  clean = () => {
    void unmount(component);
    target.remove();
  };
  return target;
}

const drawn = async (target: HTMLElement): Promise<SVGSVGElement> => {
  await expect.poll(() => target.querySelector('svg.plot')).not.toBeNull();
  return target.querySelector<SVGSVGElement>('svg.plot')!;
};

describe('a figure in the page', () => {
  it('is drawn as wide as its box, without a style of its own, and as a picture with a name', async () => {
    const target = show();
    const svg = await drawn(target);
    expect(svg.getAttribute('width')).toBe('500');
    expect(target.querySelector('style')).toBeNull();
    expect(svg.querySelectorAll('rect')).toHaveLength(3);
    await expect.element(page.getByRole('img', { name: 'Sizes' })).toBeInTheDocument();
    target.style.width = '300px';
    await expect.poll(() => target.querySelector('svg.plot')?.getAttribute('width')).toBe('300');
  });

  it('keeps the rules that Plot would have brought along', () => {
    const own = Plot.plot({ className: 'plot', marks: [Plot.ruleX([0])] }).querySelector(
      'style',
    )?.textContent;
    expect(own?.replace(/\s+/g, ' ')).toBe(
      ':where(.plot) { --plot-background: white; display: block; height: auto; height: intrinsic; max-width: 100%; } ' +
        ':where(.plot text), :where(.plot tspan) { white-space: pre; }',
    );
    const text = drawPlot(Plot, bars, { width: 300, theme: 'light', locale: 'en' });
    document.body.append(text);
    show();
    expect(getComputedStyle(text.querySelector('text')!).whiteSpace).toBe('pre');
    text.remove();
  });

  it('says its numbers when asked to', async () => {
    show();
    await page.getByText('Numbers').click();
    await expect.element(page.getByRole('cell', { name: 'lice' })).toBeVisible();
    expect(document.querySelectorAll('tbody tr')).toHaveLength(3);
  });

  it('lets a keyboard walk through what can be picked, and pick it', async () => {
    const picked: number[] = [];
    const target = show({ onpick: (index: number) => picked.push(index) });
    const svg = await drawn(target);
    await expect.element(page.getByRole('group', { name: 'Sizes' })).toBeInTheDocument();
    expect(svg.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
    svg.querySelector<SVGElement>('[tabindex="0"]')!.focus();
    await userEvent.keyboard('{ArrowDown}{Enter}{End} {Home}{Enter}');
    expect(picked).toEqual([1, 2, 0]);
    await page.getByRole('button', { name: 'nets: 5' }).click();
    expect(picked).toEqual([1, 2, 0, 2]);
    // A new drawing does not lose the place.
    (page.getByRole('button', { name: 'lice: 3' }).element() as SVGElement).focus();
    target.style.width = '360px';
    await expect.poll(() => target.querySelector('svg.plot')?.getAttribute('width')).toBe('360');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('lice: 3');
  });

  it('is a slider where it stands for a choice', async () => {
    const taken: number[] = [];
    const slider = { values: [5, 6, 8], value: 6, text: 'k = 6', onpick: (k: number) => taken.push(k) };
    const plot: FigurePlot = (_, { Plot: kit }) => ({
      marks: [kit.lineY([1, 2, 3], { x: [5, 6, 8], y: [1, 2, 3] })],
    });
    const target = show({ slider, plot });
    const svg = await drawn(target);
    const box = page.getByRole('slider', { name: 'Sizes' }).element() as HTMLElement;
    expect(box.getAttribute('aria-valuetext')).toBe('k = 6');
    box.focus();
    await userEvent.keyboard('{ArrowRight}{Home}');
    const { left, top } = svg.getBoundingClientRect();
    box.dispatchEvent(new MouseEvent('click', { clientX: left + 490, clientY: top + 50, bubbles: true }));
    expect(taken).toEqual([8, 5, 8]);
  });
});

describe('a figure as a file', () => {
  const parse = (svg: string): Document => new DOMParser().parseFromString(svg, 'image/svg+xml');

  it('needs nothing of the page: neither its styles nor its variables', async () => {
    const { svg, width, height } = await figureSvg(CONTENT, { shown: 500, theme: 'light', locale: 'en' });
    const read = parse(svg);
    expect(read.querySelector('parsererror')).toBeNull();
    expect(svg).not.toMatch(/var\(|oklch|currentColor|class=|style=|<style|tabindex/);
    // --accent of the light theme, oklch(0.48 0.15 255), in sRGB.
    expect(svg).toContain('#0e5caf');
    const words = read.documentElement.textContent;
    for (const word of ['Sizes', 'Data: 15 images. Seed: 1.', 'images', 'fish'])
      expect(words).toContain(word);
    expect([width, height].every(Number.isInteger)).toBe(true);
    expect(document.querySelector('svg.plot')).toBeNull();
  });

  it('is light or dark as asked, whatever the page is', async () => {
    theme.choose('dark');
    const grounds = await Promise.all(
      (['light', 'dark'] as const).map(async (shown) => {
        const { svg } = await figureSvg(CONTENT, { shown: 500, theme: shown, locale: 'en' });
        return parse(svg).querySelector('rect')!.getAttribute('fill')!;
      }),
    );
    expect(grounds[0]).toBe('#ffffff');
    expect(Number.parseInt(grounds[1].slice(1, 3), 16)).toBeLessThan(80);
  });

  it('draws the same picture as the page, and at twice the size as PNG', async () => {
    const file = await figureSvg(CONTENT, { shown: 640, theme: 'light', locale: 'en' });
    const png = await figurePng(file);
    const bitmap = await createImageBitmap(new Blob([png], { type: 'image/png' }));
    expect([bitmap.width, bitmap.height]).toEqual([2 * file.width, 2 * file.height]);
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let [white, blue, dark] = [0, 0, 0];
    for (let i = 0; i < data.length; i += 4) {
      const [r, g, b, a] = data.subarray(i, i + 4);
      expect(a).toBe(255);
      if (r > 250 && g > 250 && b > 250) white++;
      else if (b > 150 && r < 60) blue++;
      else if (r < 100 && g < 100 && b < 110) dark++;
    }
    const all = data.length / 4;
    expect(white / all).toBeGreaterThan(0.3);
    // Three bars of the accent, and letters.
    expect(blue / all).toBeGreaterThan(0.1);
    expect(dark).toBeGreaterThan(500);
  });
});
