/** What can be taken away, in the order of the menu. */
export const EXPORTS = ['labels', 'embeddings', 'bundle', 'scores', 'model', 'images', 'skipped'] as const;
export type ExportKind = (typeof EXPORTS)[number];
/** Those that are made of what is there; a model is also kept with the project. */
export type TableKind = Exclude<ExportKind, 'model'>;
