/** Line icons of the views on a 20 x 20 grid, drawn with a 1.5 stroke in the colour of the text. */
export const GLYPHS = {
  pan: 'M10 2.5v15M2.5 10h15M7.500 5L10 2.500L12.500 5M7.500 15L10 17.500L12.500 15M5 7.500L2.500 10L5 12.500M15 7.500L17.500 10L15 12.500',
  lasso:
    'M10 3.500c4 0 7 2 7 4.500s-3 4.500-7 4.500s-7-2-7-4.500s3-4.500 7-4.500M6 12c-1.500 1-1.500 3 .5 3s2 1.500 1 2.500',
  box: 'M3 3h2.500M8.500 3h3M14.500 3H17v2.500M17 8.500v3M17 14.500V17h-2.500M11.500 17h-3M5.500 17H3v-2.500M3 11.500v-3M3 5.500V3',
  replace: 'M4.500 4.500h11v11h-11z',
  union: 'M3 3h9v5h5v9H8v-5H3z',
  difference: 'M3 3h9v5H8v4H3zM15 8h2v2M17 14v3h-3M10.500 17H8v-2',
  cube: 'M10 2.500l6.500 3.500v8L10 17.500L3.500 14V6zM3.500 6L10 9.500L16.500 6M10 9.500v8',
  fit: 'M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  pictures: 'M3 4h14v12H3zM3 13.500l4-4l3.500 3.500l2.500-2.500l4 4M13 7.500h.01',
  list: 'M7 5h10M7 10h10M7 15h10M3.500 5h.01M3.500 10h.01M3.500 15h.01',
  left: 'M12 4.500L6.500 10L12 15.500',
  right: 'M8 4.500L13.500 10L8 15.500',
  up: 'M5 12l5-5l5 5',
  down: 'M5 8l5 5l5-5',
  close: 'M5 5l10 10M15 5L5 15',
  swap: 'M3 7h13M13 4l3 3l-3 3M17 13H4M7 10l-3 3l3 3',
  check: 'M4 10.500l4 4L16 6',
} as const;

export type GlyphName = keyof typeof GLYPHS;
