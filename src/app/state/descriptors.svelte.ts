import { specKey, type EmbedSpec } from '../../domain/spec';
import { listDescriptors, removeDescriptor, type DescriptorState } from '../../jobs/projects';
import { i18n } from '../i18n/i18n.svelte';
import { notices } from './notices.svelte';
import type { StudyHost } from './study-host';

/** The descriptors that the open project has vectors of: switched among, and vectors from files removed. */
export class Descriptors {
  list = $state.raw<readonly DescriptorState[]>([]);

  constructor(private readonly host: StudyHost) {}

  async refresh(): Promise<void> {
    const { project } = this.host;
    this.list = project ? await listDescriptors(project.id) : [];
  }

  /** Takes up another descriptor of the project with its clusters; Undo goes back. */
  async use(spec: EmbedSpec): Promise<void> {
    const { project } = this.host;
    if (!project || specKey(spec) === specKey(project.spec)) return;
    const { spec: before, modelId = null } = project;
    this.host.bookUndo(null, () => this.host.change({ spec: before, modelId }));
    await this.host.change({ spec });
    await this.refresh();
  }

  /** Forgets vectors from a file that are not in use; Undo brings them back. */
  async remove({ key, spec }: DescriptorState): Promise<void> {
    const { project } = this.host;
    if (!project || spec.kind !== 'vectors' || key === specKey(project.spec)) return;
    const { undo } = await removeDescriptor(project.id, key);
    await this.refresh();
    this.host.bookUndo(null, async () => {
      await undo();
      await this.refresh();
    });
    notices.info(() => i18n.m.descriptors.here.removed(spec.title), {
      label: () => i18n.m.shell.app.undo,
      run: () => this.host.undo(),
    });
  }
}
