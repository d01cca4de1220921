import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridLayout, movedIndex, scrollToShow, visibleLines } from './virtual-grid';

describe('gridLayout', () => {
  it('fills the width with cells of at least the minimum', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.integer({ min: 60, max: 2000 }), fc.nat(12), (count, width, gap) => {
        const { columns, cell, lines } = gridLayout(count, width, 44, gap);
        expect(cell).toBeGreaterThanOrEqual(44);
        expect(columns * cell + (columns - 1) * gap).toBeLessThanOrEqual(width);
        expect((columns + 1) * 44 + columns * gap).toBeGreaterThan(width);
        expect(lines * columns).toBeGreaterThanOrEqual(count);
        expect((lines - 1) * columns).toBeLessThan(Math.max(count, 1));
      }),
    );
  });

  it('keeps one column when the space is narrower than a cell, and no height without cells', () => {
    expect(gridLayout(10, 20, 44, 4)).toMatchObject({ columns: 1, cell: 20, lines: 10 });
    expect(gridLayout(0, 300, 44, 4).height).toBe(0);
  });

  it('shows at least 60 thumbnails in the panel beside the map at 1280 x 800', () => {
    const { columns, pitch } = gridLayout(1000, 296, 44, 2);
    expect(columns * Math.floor(490 / pitch)).toBeGreaterThanOrEqual(60);
  });
});

describe('visibleLines', () => {
  const layout = gridLayout(100_000, 300, 46, 4);

  it('holds only what is near the view', () => {
    expect(visibleLines(layout, 0, 500, 2, -1)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(visibleLines(layout, 250_000, 500, 2, -1).length).toBeLessThan(20);
    expect(visibleLines(layout, layout.height - 500, 500, 2, -1).at(-1)).toBe(layout.lines - 1);
    expect(visibleLines(gridLayout(0, 300, 46, 4), 0, 500, 2, -1)).toEqual([]);
  });

  it('keeps the line with the focus, wherever it is', () => {
    expect(visibleLines(layout, 250_000, 500, 0, 7)[0]).toBe(1);
    expect(visibleLines(layout, 0, 500, 0, 99_999).at(-1)).toBe(layout.lines - 1);
    expect(visibleLines(layout, 0, 500, 0, 100_000).at(-1)).toBe(10);
  });
});

describe('scrollToShow', () => {
  const layout = gridLayout(1000, 300, 46, 4);

  it('scrolls by the least that shows the line', () => {
    expect(scrollToShow(layout, 0, 200, 400)).toBe(0);
    expect(scrollToShow(layout, 30, 200, 400)).toBe(200);
    const scrolled = scrollToShow(layout, 600, 200, 400);
    expect(scrolled).toBe(Math.floor(600 / layout.columns) * layout.pitch + layout.cell - 400);
  });
});

describe('movedIndex', () => {
  const grid = { count: 10, columns: 4 };
  const press = (key: string, index: number, ctrl = false): number | null =>
    movedIndex({ key, ctrl }, index, grid, 2);

  it.each([
    ['ArrowRight', 3, 4],
    ['ArrowRight', 9, 9],
    ['ArrowLeft', 4, 3],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 1, 5],
    ['ArrowDown', 7, 9],
    ['ArrowDown', 9, 9],
    ['ArrowUp', 5, 1],
    ['ArrowUp', 2, 2],
    ['Home', 6, 4],
    ['End', 4, 7],
    ['End', 8, 9],
    ['PageDown', 1, 9],
    ['PageDown', 0, 8],
    ['PageUp', 9, 1],
    ['PageUp', 6, 2],
  ])('%s from %i goes to %i', (key, from, to) => expect(press(key, from)).toBe(to));

  it('goes to the ends of the grid with Ctrl', () => {
    expect(press('Home', 6, true)).toBe(0);
    expect(press('End', 2, true)).toBe(9);
  });

  it('leaves other keys, and empty grids, alone', () => {
    expect(press('a', 3)).toBeNull();
    expect(movedIndex({ key: 'End', ctrl: true }, 0, { count: 0, columns: 3 }, 1)).toBeNull();
  });

  it('never leaves the grid', () => {
    const key = fc.constantFrom(
      'ArrowRight',
      'ArrowLeft',
      'ArrowDown',
      'ArrowUp',
      'Home',
      'End',
      'PageDown',
      'PageUp',
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.tuple(key, fc.boolean()), { maxLength: 30 }),
        (count, columns, page, keys) => {
          let index = 0;
          for (const [key, ctrl] of keys) {
            index = movedIndex({ key, ctrl }, index, { count, columns }, page)!;
            expect(index).toBeGreaterThanOrEqual(0);
            expect(index).toBeLessThan(count);
          }
        },
      ),
    );
  });
});
