import { expect, it } from 'vitest';
import { fileColour } from './css-colour';

it('reads what browsers compute', () => {
  expect(fileColour('rgb(53, 72, 209)')).toEqual({ hex: '#3548d1', alpha: 1 });
  expect(fileColour('rgba(0, 0, 0, 0.18)')).toEqual({ hex: '#000000', alpha: 0.18 });
  expect(fileColour('rgb(255 128 0 / 50%)')).toEqual({ hex: '#ff8000', alpha: 0.5 });
  expect(fileColour('color(srgb 0.5 0.25 1 / 0.4)')).toEqual({ hex: '#8040ff', alpha: 0.4 });
  expect(fileColour('#AA00ff')).toEqual({ hex: '#aa00ff', alpha: 1 });
  expect(fileColour('transparent')?.alpha).toBe(0);
});

// From the CSS Color 4 test suite: the sRGB primaries in OKLCH, and green in OKLab.
it('turns OKLCH and OKLab into sRGB', () => {
  expect(fileColour('oklch(0.627966 0.257704 29.2346)')?.hex).toBe('#ff0000');
  expect(fileColour('oklch(0.452014 0.313214 264.052)')?.hex).toBe('#0000ff');
  expect(fileColour('oklch(51.975% 0.17686 142.495)')?.hex).toBe('#008000');
  expect(fileColour('oklab(51.975% -0.1403 0.10768)')?.hex).toBe('#008000');
  expect(fileColour('oklch(1 0 none)')?.hex).toBe('#ffffff');
  expect(fileColour('oklch(0.5 0 0 / 0.4)')?.alpha).toBe(0.4);
});

it('clips what sRGB has not', () => {
  expect(fileColour('oklch(0.9 0.4 145)')?.hex).toMatch(/^#00ff/);
});

it('leaves alone what is no colour', () => {
  expect(['none', 'url("#clip")', 'currentcolor', 'lch(50 20 20)', ''].map(fileColour)).toEqual(
    Array.from({ length: 5 }, () => null),
  );
});
