/** The screens of the rail, in its order: each is reached by its number, from 1. */
export const RAIL = [
  'map',
  'clusters',
  'tree',
  'explore',
  'search',
  'compare',
  'data',
  'settings',
  'projects',
] as const;
export type RailScreen = (typeof RAIL)[number];

export type Action = 'undo' | 'redo' | 'clear' | 'searchBox' | 'find' | 'help';

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** Keys of the actions as listed in the help dialog, in that order. `mod` is Cmd on a Mac, Ctrl elsewhere. */
export const KEYS: readonly { keys: readonly string[]; action: Action }[] = [
  { keys: ['mod', 'Z'], action: 'undo' },
  { keys: ['mod', 'Shift', 'Z'], action: 'redo' },
  { keys: ['Esc'], action: 'clear' },
  { keys: ['/'], action: 'searchBox' },
  { keys: ['F'], action: 'find' },
  { keys: ['?'], action: 'help' },
];

const PLAIN: Record<string, Action | RailScreen> = {
  '/': 'searchBox',
  f: 'find',
  '?': 'help',
  ...Object.fromEntries(RAIL.map((screen, i) => [String(i + 1), screen])),
};

/**
 * What a key press does, or the screen that it leads to. `typing`: the focus is in a text field, where keys are text and Ctrl-Z
 * the field's own.
 */
export function commandOf(press: KeyPress, typing: boolean): Action | RailScreen | null {
  if (press.key === 'Escape') return 'clear';
  if (typing || press.altKey) return null;
  if (press.ctrlKey || press.metaKey) {
    const key = press.key.toLowerCase();
    if (key === 'y' && !press.shiftKey) return 'redo';
    return key === 'z' ? (press.shiftKey ? 'redo' : 'undo') : null;
  }
  return PLAIN[press.key] ?? null;
}
