export type Command =
  | 'undo'
  | 'redo'
  | 'clear'
  | 'search'
  | 'find'
  | 'help'
  | 'map'
  | 'clusters'
  | 'tree'
  | 'compare'
  | 'data'
  | 'settings';

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** Keys as listed in the help dialog, in that order. `mod` is Cmd on a Mac, Ctrl elsewhere. */
export const KEYS: readonly { keys: readonly string[]; command: Command }[] = [
  { keys: ['mod', 'Z'], command: 'undo' },
  { keys: ['mod', 'Shift', 'Z'], command: 'redo' },
  { keys: ['Esc'], command: 'clear' },
  { keys: ['/'], command: 'search' },
  { keys: ['F'], command: 'find' },
  { keys: ['?'], command: 'help' },
  { keys: ['1'], command: 'map' },
  { keys: ['2'], command: 'clusters' },
  { keys: ['3'], command: 'tree' },
  { keys: ['4'], command: 'compare' },
  { keys: ['5'], command: 'data' },
  { keys: ['6'], command: 'settings' },
];

const PLAIN: Record<string, Command> = {
  '/': 'search',
  f: 'find',
  '?': 'help',
  '1': 'map',
  '2': 'clusters',
  '3': 'tree',
  '4': 'compare',
  '5': 'data',
  '6': 'settings',
};

/** The command a key press means. `typing`: the focus is in a text field, where keys are text and Ctrl-Z the field's own. */
export function commandOf(press: KeyPress, typing: boolean): Command | null {
  if (press.key === 'Escape') return 'clear';
  if (typing || press.altKey) return null;
  if (press.ctrlKey || press.metaKey) {
    const key = press.key.toLowerCase();
    if (key === 'y' && !press.shiftKey) return 'redo';
    return key === 'z' ? (press.shiftKey ? 'redo' : 'undo') : null;
  }
  return PLAIN[press.key] ?? null;
}
