import type { addresses } from './en/addresses';
import type { clusterPage } from './en/cluster-page';
import type { connect } from './en/connect';
import type { explore } from './en/explore';
import type { figures } from './en/figures';
import type { metadata } from './en/metadata';
import type { records } from './en/records';
import type { exporting } from './en/exporting';
import type { projectFile } from './en/project-file';
import type { queue } from './en/queue';
import type { descriptors } from './en/descriptors';
import type { editing } from './en/editing';
import type { shell } from './en/shell';
import type { study } from './en/study';
import type { views } from './en/views';

/** English defines the shape; French and Russian must fill it, or the build fails. Messages with numbers are functions. */
export type Addresses = typeof addresses;
export type ClusterPage = typeof clusterPage;
export type Connect = typeof connect;
export type Explore = typeof explore;
export type Figures = typeof figures;
export type Metadata = typeof metadata;
export type Records = typeof records;
export type Exporting = typeof exporting;
export type ProjectFile = typeof projectFile;
export type Queue = typeof queue;
export type Descriptors = typeof descriptors;
export type Editing = typeof editing;
export type Shell = typeof shell;
export type Study = typeof study;
export type Views = typeof views;
export interface Messages {
  addresses: Addresses;
  clusterPage: ClusterPage;
  connect: Connect;
  explore: Explore;
  figures: Figures;
  metadata: Metadata;
  records: Records;
  exporting: Exporting;
  projectFile: ProjectFile;
  queue: Queue;
  descriptors: Descriptors;
  editing: Editing;
  shell: Shell;
  study: Study;
  views: Views;
}
