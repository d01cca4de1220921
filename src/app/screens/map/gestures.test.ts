import { describe, expect, it } from 'vitest';
import { Gestures } from './gestures';

describe('gestures', () => {
  it('clicks when the hand hardly moves', () => {
    const g = new Gestures();
    g.down(1, [10, 10], false);
    expect(g.move(1, [12, 11], 'lasso')).toEqual({ type: 'none' });
    expect(g.up(1)).toEqual({ type: 'click', at: [12, 11] });
  });

  it('pans with the whole way, the slop included', () => {
    const g = new Gestures();
    g.down(1, [0, 0], false);
    g.move(1, [2, 0], 'pan');
    expect(g.move(1, [6, 1], 'pan')).toEqual({ type: 'pan', dx: 6, dy: 1 });
    expect(g.move(1, [7, 3], 'pan')).toEqual({ type: 'pan', dx: 1, dy: 2 });
    expect(g.up(1)).toEqual({ type: 'none' });
  });

  it('pans with the middle button whatever the tool', () => {
    const g = new Gestures();
    g.down(1, [0, 0], true);
    expect(g.move(1, [1, 0], 'lasso')).toEqual({ type: 'pan', dx: 1, dy: 0 });
  });

  it('draws a lasso from where the button went down', () => {
    const g = new Gestures();
    g.down(1, [0, 0], false);
    g.move(1, [10, 0], 'lasso');
    g.move(1, [10, 10], 'lasso');
    const outline = [
      [0, 0],
      [10, 0],
      [10, 10],
    ];
    expect(g.up(1)).toEqual({ type: 'drawn', outline });
  });

  it('draws a box with four corners', () => {
    const g = new Gestures();
    g.down(1, [1, 2], false);
    g.move(1, [5, 5], 'box');
    const outline = [
      [1, 2],
      [30, 2],
      [30, 40],
      [1, 40],
    ];
    expect(g.move(1, [30, 40], 'box')).toEqual({ type: 'draw', outline });
    expect(g.up(1)).toEqual({ type: 'drawn', outline });
  });

  it('pinches with two fingers, then pans with the one that stays, without a click', () => {
    const g = new Gestures();
    g.down(1, [0, 0], false);
    g.down(2, [100, 0], false);
    expect(g.move(2, [200, 0], 'lasso')).toEqual({ type: 'pinch', dx: 50, dy: 0, x: 100, y: 0, delta: 1 });
    expect(g.up(2)).toEqual({ type: 'none' });
    expect(g.move(1, [1, 1], 'lasso')).toEqual({ type: 'pan', dx: 1, dy: 1 });
    expect(g.up(1)).toEqual({ type: 'none' });
  });

  it('leaves hovering, and pointers it never saw go down, alone', () => {
    const g = new Gestures();
    expect(g.move(1, [0, 0], 'pan')).toBeNull();
    expect(g.up(1)).toEqual({ type: 'none' });
    g.down(1, [0, 0], false);
    g.cancel(1);
    expect(g.move(1, [50, 0], 'pan')).toBeNull();
  });
});
