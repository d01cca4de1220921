/** The parts of the screen; each has an address of its own: `#explore-means` … */
export const TABS = ['means', 'distributions', 'groupings'] as const;
export type Tab = (typeof TABS)[number];

/** The part that an address names, the first if it names none. */
export function tabOf(name: string | null): Tab {
  return TABS.find((tab) => tab === name) ?? TABS[0];
}
