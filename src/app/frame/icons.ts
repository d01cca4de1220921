/** Line icons on a 20 x 20 grid, drawn with a 1.5 stroke in the colour of the text. */
export const ICONS = {
  map: 'M3 3v14h14M7 12.5h.01M9 8.5h.01M11.5 11h.01M13.5 6h.01M15 9.5h.01M10 14h.01',
  clusters: 'M3 3h6v6H3zM11.5 4h5.5M11.5 8h5.5M3 12h3v3H3zM8 12h3v3H8zM13 12h3v3h-3z',
  tree: 'M8 2.5h4v4H8zM2.5 13.5h4v4h-4zM13.5 13.5h4v4h-4zM10 6.5V10M4.5 13.5V10h11v3.5',
  compare: 'M3 4h5.5v12H3zM11.5 4H17v12h-5.5zM5.75 7.5h.01M5.75 10.5h.01M14.25 7.5h.01M14.25 10.5h.01',
  data: 'M3 4h14v12H3zM3 8h14M3 12h14M8 4v12',
  settings: 'M3 6h7M14 6h3M3 14h3M10 14h7M12 4v4M8 12v4',
  projects: 'M3 7V4.5h5L9.5 7H17v9H3z',
  pause: 'M7 5v10M13 5v10',
  play: 'M7 4.5v11l8-5.5z',
  close: 'M5 5l10 10M15 5L5 15',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  down: 'M5.5 8l4.5 4.5L14.5 8',
  plus: 'M10 4v12M4 10h12',
  export: 'M10 3v9M6.5 8.5L10 12l3.5-3.5M3 13v4h14v-4',
  theme: 'M10 3a7 7 0 1 0 0 14zM10 3a7 7 0 0 1 0 14',
  language: 'M10 3a7 7 0 1 0 0 14a7 7 0 0 0 0-14M3 10h14M10 3c-5 4.5-5 9.5 0 14M10 3c5 4.5 5 9.5 0 14',
  keys: 'M2.5 5.5h15v9h-15zM5.5 8.5h.01M8.5 8.5h.01M11.5 8.5h.01M14.5 8.5h.01M6.5 11.7h7',
  undo: 'M7 4L3.5 7.5L7 11M3.5 7.5H12a4 4 0 0 1 0 8H8',
  images: 'M3 4h14v12H3zM3 13.5l4-4l3.5 3.5l2.5-2.5l4 4M13 7.5h.01',
  warning: 'M10 3L18 17H2zM10 8v4M10 14.5h.01',
  check: 'M4 10.5l4 4L16 6',
  trash: 'M4 6h12M8 6V4h4v2M5.5 6l.7 10.5h7.6L14.5 6',
  pencil: 'M4 16l.8-3.5L13 4.3l2.7 2.7l-8.2 8.2z',
} as const;

export type IconName = keyof typeof ICONS;
