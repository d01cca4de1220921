import type { metadata } from './en/metadata';
import type { shell } from './en/shell';
import type { study } from './en/study';
import type { views } from './en/views';

/** English defines the shape; French and Russian must fill it, or the build fails. Messages with numbers are functions. */
export type Metadata = typeof metadata;
export type Shell = typeof shell;
export type Study = typeof study;
export type Views = typeof views;
export interface Messages {
  metadata: Metadata;
  shell: Shell;
  study: Study;
  views: Views;
}
