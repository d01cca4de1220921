import createScatterplot from 'regl-scatterplot';
import { fitted, type Point } from '../../src/app/screens/map/camera';
import { createPlot } from '../../src/app/screens/map/deck-plot';
import { buildGrid, nearestRow } from '../../src/app/screens/map/grid-index';
import { rowsInPolygon } from '../../src/app/screens/map/lasso';
import { pointColours, pointRadius } from '../../src/app/screens/map/point-colours';
import { clusterColour } from '../../src/app/state/palette';

export interface Frames {
  /** Milliseconds of a frame while the view moves, everything included. */
  frame: number;
  /** From the points to the first frame. */
  first: number;
  /** Frames that were measured, and those of them in which something was drawn. */
  frames: number;
  drawn: number;
}

declare global {
  interface Window {
    moving: (contender: Contender, n: number, most: number) => Promise<Frames>;
    answers: (n: number) => Promise<Record<'grid' | 'hover' | 'lasso' | 'colours', number>>;
  }
}
export type Contender = 'ours' | 'regl-scatterplot' | 'regl-scatterplot, performance mode';

const SIZE = { width: 1000, height: 700 };
const GROUPS = 24;
const PATIENCE_MS = 60_000;
/** Without a graphics device a frame can take a second: then fewer are measured. */
const LONG_ENOUGH_MS = 8_000;
const LEAST_FRAMES = 10;
const MARGINS = { top: 20, right: 20, bottom: 20, left: 20 };
const BOUNDS = { minX: -1, minY: -1, maxX: 1, maxY: 1 };

/** n points in groups within -1..1, and the group of each: the same for everyone. */
function material(n: number): { coords: Float32Array; codes: Uint16Array } {
  let state = 7;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const centres = Array.from({ length: GROUPS }, () => [1.6 * random() - 0.8, 1.6 * random() - 0.8]);
  const coords = new Float32Array(2 * n);
  const codes = Uint16Array.from({ length: n }, () => Math.floor(random() * GROUPS));
  codes.forEach((code, i) => {
    const [radius, angle] = [0.12 * Math.sqrt(-Math.log(random() || 1e-9)), 2 * Math.PI * random()];
    coords[2 * i] = Math.min(Math.max(centres[code][0] + radius * Math.cos(angle), -1), 1);
    coords[2 * i + 1] = Math.min(Math.max(centres[code][1] + radius * Math.sin(angle), -1), 1);
  });
  return { coords, codes };
}

let draws = 0;
// deck.gl draws with WebGL 2, regl with WebGL 1: each has a prototype of its own.
for (const prototype of [WebGL2RenderingContext.prototype, WebGLRenderingContext.prototype])
  for (const name of ['drawArrays', 'drawArraysInstanced', 'drawElements']) {
    const original = Reflect.get(prototype, name) as ((...args: number[]) => void) | undefined;
    if (!original) continue;
    const counted = function (this: object, ...args: number[]): void {
      draws++;
      original.apply(this, args);
    };
    Object.assign(prototype, { [name]: counted });
  }

const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

/** How the view is scaled in frame i: everything stays in view, and every frame differs from the one before. */
const scaleAt = (i: number): number => 0.9 + 0.1 * Math.sin(i / 5);

window.moving = async (contender, n, most) => {
  const canvas = document.createElement('canvas');
  canvas.style.cssText = `width:${SIZE.width}px;height:${SIZE.height}px;display:block`;
  const holder = document.createElement('div');
  holder.style.cssText = `position:relative;width:${SIZE.width}px;height:${SIZE.height}px`;
  holder.append(canvas);
  document.body.replaceChildren(holder);
  const { coords, codes } = material(n);
  const start = performance.now();
  const { move, end } = await (contender === 'ours'
    ? ours(canvas, coords, codes)
    : theirs(canvas, coords, codes, contender !== 'regl-scatterplot'));
  for (let seen = draws, i = 0; draws === seen; i++) {
    if (performance.now() - start > PATIENCE_MS) throw new Error(`${contender} has drawn nothing.`);
    move(i);
    await nextFrame();
  }
  const first = performance.now() - start;
  for (let i = 0; i < 5; i++) {
    move(i);
    await nextFrame();
  }
  let [frames, drawn] = [0, 0];
  const from = performance.now();
  const spent = (): number => performance.now() - from;
  while (frames < most && (frames < LEAST_FRAMES || spent() < LONG_ENOUGH_MS)) {
    const before = draws;
    move(frames++);
    await nextFrame();
    if (draws > before) drawn++;
  }
  const frame = spent() / frames;
  end();
  return { frame, first, frames, drawn };
};

interface Moving {
  move: (i: number) => void;
  end: () => void;
}

async function ours(canvas: HTMLCanvasElement, coords: Float32Array, codes: Uint16Array): Promise<Moving> {
  const n = codes.length;
  const fail = (error?: Error): never => {
    throw error ?? new Error('The graphics device was lost.');
  };
  const plot = await createPlot(canvas, fail, fail);
  const rgba = pointColours(n, { codes, count: GROUPS }, null, 'light');
  const none = { coords: new Float32Array(), rgba: new Uint8Array(), dims: 2 } as const;
  plot.draw({ coords, rgba, dims: 2 }, none, [255, 255, 255]);
  const home = fitted(BOUNDS, SIZE, MARGINS);
  return {
    move: (i) => plot.look({ camera: { ...home, zoom: home.zoom + Math.log2(scaleAt(i)) } }, pointRadius(n)),
    end: () => plot.destroy(),
  };
}

async function theirs(
  canvas: HTMLCanvasElement,
  coords: Float32Array,
  codes: Uint16Array,
  performanceMode: boolean,
): Promise<Moving> {
  const n = codes.length;
  const palette = Array.from({ length: GROUPS }, (_, c) => clusterColour(c, 'light'));
  const plot = createScatterplot({
    canvas,
    ...SIZE,
    performanceMode,
    pointSize: 2 * pointRadius(n),
    opacity: 215 / 255,
    colorBy: 'valueA',
    pointColor: palette,
  });
  await plot.draw(
    {
      x: coords.filter((_, i) => i % 2 === 0),
      y: coords.filter((_, i) => i % 2 === 1),
      z: codes,
    },
    { zDataType: 'categorical' },
  );
  return {
    move(i) {
      const s = scaleAt(i);
      const view = [s, 0, 0, 0, 0, s, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
      plot.view(view, { preventEvent: true });
    },
    end: () => plot.destroy(),
  };
}

window.answers = async (n) => {
  const { coords, codes } = material(n);
  const time = (work: () => void, times: number): number => {
    work();
    const start = performance.now();
    for (let i = 0; i < times; i++) work();
    return (performance.now() - start) / times;
  };
  const grid = buildGrid(coords);
  if (!grid) throw new Error('There are no points.');
  const lasso = Array.from({ length: 200 }, (_, i): Point => {
    const angle = (2 * Math.PI * i) / 200;
    return [0.7 * Math.cos(angle), 0.7 * Math.sin(angle)];
  });
  let asked = 0;
  return {
    grid: time(() => buildGrid(coords), 5),
    hover: time(() => {
      asked = (asked + 7919) % n;
      nearestRow(grid, coords[2 * asked] + 1e-3, coords[2 * asked + 1], 0.02);
    }, 2000),
    lasso: time(() => rowsInPolygon(coords, lasso), 5),
    colours: time(() => pointColours(n, { codes, count: GROUPS }, null, 'light'), 5),
  };
};
