import { recall, remember } from '../../state/remember';
import { theme } from '../../state/theme.svelte';
import type { Theme } from '../../state/palette';

const KEY = 'figures-on-white';

/** Whether figures are written on white even when the page is dark, as papers want them. Remembered. */
class FigureGround {
  onWhite = $state(recall(KEY) === 'yes');

  get theme(): Theme {
    return this.onWhite ? 'light' : theme.shown;
  }

  choose(onWhite: boolean): void {
    this.onWhite = onWhite;
    remember(KEY, onWhite ? 'yes' : 'no');
  }
}

export const figureGround = new FigureGround();
