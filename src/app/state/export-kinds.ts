/** What can be taken away, in the order of the menu. */
export const EXPORTS = ['labels', 'embeddings', 'bundle', 'scores', 'images', 'skipped'] as const;
export type ExportKind = (typeof EXPORTS)[number];
