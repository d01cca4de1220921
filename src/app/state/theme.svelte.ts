import type { Theme } from './palette';
import { recall, remember } from './remember';

export type ThemeChoice = 'system' | Theme;
export const THEME_CHOICES: readonly ThemeChoice[] = ['system', 'light', 'dark'];

/** What the person asked for and what is shown; `theme.shown` picks the palette. */
class ThemeState {
  choice = $state<ThemeChoice>('system');
  private system = $state<Theme>('light');

  get shown(): Theme {
    return this.choice === 'system' ? this.system : this.choice;
  }

  start(): void {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const follow = (): void => void (this.system = dark.matches ? 'dark' : 'light');
    dark.addEventListener('change', follow);
    follow();
    this.apply(THEME_CHOICES.find((choice) => choice === recall('theme')) ?? 'system');
  }

  choose(choice: ThemeChoice): void {
    remember('theme', choice);
    this.apply(choice);
  }

  private apply(choice: ThemeChoice): void {
    this.choice = choice;
    if (choice === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
  }
}

export const theme = new ThemeState();
