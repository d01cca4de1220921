import { chromium } from 'playwright';
import { chromiumArgs, ensureChromium } from '../scripts/chromium';
import type { Lab } from './lab';
import type { Contender } from './pages/map';
import { median, round, type Cell, type Result } from './report';

const CONTENDERS: readonly Contender[] = ['ours', 'regl-scatterplot', 'regl-scatterplot, performance mode'];
/** A frame is as long as it takes, not as long as the screen's. */
const UNLIMITED = ['--disable-frame-rate-limit', '--disable-gpu-vsync'];
const FRAMES = 90;
const VIEWPORT = { width: 1040, height: 740 };

/**
 * Frames of the map while its view moves, beside regl-scatterplot: same points, colours, sizes and canvas, one after the other
 * in the same browser. And how long the map takes to answer.
 */
export async function benchMap(lab: Lab, sizes: number[], repeats: number): Promise<Result> {
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: [...chromiumArgs(), ...UNLIMITED],
  });
  const frames: Cell[][] = [];
  const answers: Cell[][] = [];
  let renderer = '';
  try {
    const page = await browser.newPage({ viewport: VIEWPORT });
    page.setDefaultTimeout(0);
    await page.goto(`${lab.pages}map.html`);
    renderer = await page.evaluate(() => {
      const gl = document.createElement('canvas').getContext('webgl2');
      const info = gl?.getExtension('WEBGL_debug_renderer_info');
      return gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : 'unknown';
    });
    for (const n of sizes) {
      const of = new Map<Contender, { frame: number[]; first: number[]; frames: number; drawn: number }>();
      // Round by round, so that what else the machine does falls on all of them.
      for (let i = 0; i < repeats; i++)
        for (const contender of CONTENDERS) {
          const task = [contender, n, FRAMES] as const;
          const found = await page.evaluate((t) => window.moving(...t), task);
          const known = of.get(contender) ?? { frame: [], first: [], frames: 0, drawn: 0 };
          known.frame.push(found.frame);
          known.first.push(found.first);
          known.frames += found.frames;
          known.drawn += found.drawn;
          of.set(contender, known);
        }
      const mine = median(of.get('ours')?.frame ?? []);
      for (const [contender, { frame, first, frames: measured, drawn }] of of)
        frames.push([
          n,
          contender,
          round(median(frame)),
          round(mine / median(frame)),
          round(median(first)),
          `${drawn} of ${measured}`,
        ]);
      const { grid, hover, lasso, colours } = await page.evaluate((rows) => window.answers(rows), n);
      answers.push([n, round(hover * 1000), round(lasso), round(colours), round(grid)]);
    }
  } finally {
    await browser.close();
  }
  return {
    name: 'map',
    tables: [
      {
        title: `Frames while the view moves, 1000 x 700 pixels, ${renderer}`,
        columns: [
          'points',
          'contender',
          'ms a frame',
          'ours / this',
          'ms to the first frame',
          'frames drawn',
        ],
        rows: frames,
      },
      {
        title: 'How long the map takes to answer',
        columns: ['points', 'hover, µs', 'lasso of 200 corners, ms', 'colours, ms', 'index, once, ms'],
        rows: answers,
      },
    ],
  };
}
