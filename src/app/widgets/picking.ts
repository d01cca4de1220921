import type { SelectMode } from '../state/session';

/** What a click or the space key on item `index` of a list selects: items from..to, and where the next range starts. */
export interface Pick {
  from: number;
  to: number;
  mode: SelectMode;
  anchor: number;
}

/**
 * Shift: the range from the anchor (with Ctrl or Cmd added to what is selected). Ctrl or Cmd: toggles one. Otherwise the
 * one item alone, or toggled where `toggles` says so (touch, space key), so that many can be picked without a keyboard.
 */
export function pickItem(
  index: number,
  anchor: number | null,
  { shift, ctrl, toggles }: { shift: boolean; ctrl: boolean; toggles: boolean },
): Pick {
  if (shift && anchor !== null)
    return {
      from: Math.min(anchor, index),
      to: Math.max(anchor, index),
      mode: ctrl ? 'add' : 'replace',
      anchor,
    };
  return { from: index, to: index, mode: ctrl || toggles ? 'toggle' : 'replace', anchor: index };
}

type Modifiers = Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', boolean>;

/** On the map: Shift adds, Alt, Ctrl or Cmd takes away; `otherwise` is what a click or a drawn line does without a key. */
export function mapMode(
  { shiftKey, ctrlKey, metaKey, altKey }: Modifiers,
  otherwise: SelectMode = 'replace',
): SelectMode {
  if (shiftKey) return 'add';
  return altKey || ctrlKey || metaKey ? 'subtract' : otherwise;
}
