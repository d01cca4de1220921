import type { ClusterModel } from '../../domain/model';
import { specKey } from '../../domain/spec';
import { modelBundle } from '../../exports/model';
import { save } from '../../exports/save';
import { safeName } from '../../exports/safe-name';
import {
  listModels,
  modelOf,
  removeModel,
  saveModel,
  useModel,
  type KeptModel,
} from '../../jobs/cluster-models';
import { i18n } from '../i18n/i18n.svelte';
import { notices } from './notices.svelte';
import type { StudyHost } from './study-host';

/** The saved clusterings of the open project: made, kept, applied, and taken back. */
export class Models {
  list = $state.raw<readonly KeptModel[]>([]);
  /** A model that needs another descriptor than the project has, until the person says what to do. */
  waiting = $state.raw<KeptModel | null>(null);

  constructor(private readonly host: StudyHost) {}

  async refresh(): Promise<void> {
    const { project } = this.host;
    this.list = project ? await listModels(project.id) : [];
  }

  /** Hands the clustering in use out as a file and keeps it with the project. Must follow a click. */
  async save(): Promise<void> {
    // Centres may still be on their way after an edit.
    await this.host.edits.settled();
    const { project, sweep, clustering, notes } = this.host;
    if (!project || !sweep || !clustering) return;
    const model = modelOf(project, sweep, clustering, notes);
    const name = `${project.name}, k = ${model.k}`;
    const file = safeName(`${project.name} - model k${model.k}.zip`);
    if (!(await save(modelBundle(model, file)))) return;
    await saveModel(project.id, name, model);
    notices.info(() => i18n.m.shell.exports.done(file));
    await this.refresh();
  }

  /** Keeps a model that came as a file, and applies it. Errors: `model-bundle`. */
  async take(file: File): Promise<void> {
    const { project, job } = this.host;
    if (!project) return;
    const model = await job.readModel(file);
    const same = (await listModels(project.id)).find((kept) => isSame(kept.model, model));
    const kept = same ?? (await saveModel(project.id, file.name.replace(/\.zip$/i, ''), model));
    await this.refresh();
    await this.apply(kept);
  }

  /** Labels the images with a kept model; one of another descriptor waits for an answer first. Undo takes it back. */
  async apply(kept: KeptModel): Promise<void> {
    const { project } = this.host;
    if (!project) return;
    this.waiting = null;
    if (kept.model.specKey !== specKey(project.spec)) {
      this.waiting = kept;
      return;
    }
    const before = project.modelId ?? null;
    await this.host.useModel(kept.id);
    const repeat = (): Promise<void> => this.host.useModel(kept.id);
    this.host.bookUndo(null, () => this.host.useModel(before), { repeat });
    notices.info(() => i18n.m.study.model.applied(kept.name));
  }

  /** Takes the descriptor that the waiting model needs, and applies it as images get their vectors. */
  async switchAndApply(): Promise<void> {
    const { waiting } = this;
    const { project } = this.host;
    if (!waiting || !project) return;
    this.waiting = null;
    const { spec, modelId } = project;
    await useModel(project.id, waiting.id);
    this.host.bookUndo(null, () => this.host.change({ spec, modelId: modelId ?? null }));
    await this.host.change({ spec: waiting.model.spec, modelId: waiting.id });
  }

  /** The project's own clusters again. */
  async back(): Promise<void> {
    const before = this.host.project?.modelId ?? null;
    if (before === null) return;
    await this.host.useModel(null);
    const repeat = (): Promise<void> => this.host.useModel(null);
    this.host.bookUndo(null, () => this.host.useModel(before), { repeat });
    notices.info(() => i18n.m.study.model.isBack);
  }

  /** Forgets a kept model; Undo keeps it again. */
  async remove({ id, name, model }: KeptModel): Promise<void> {
    const { project } = this.host;
    if (!project) return;
    if (this.waiting?.id === id) this.waiting = null;
    const used = project.modelId === id;
    if (used) await this.host.useModel(null);
    await removeModel(project.id, id);
    await this.refresh();
    this.host.bookUndo(null, async () => {
      const again = await saveModel(project.id, name, model);
      await this.refresh();
      if (used) await this.host.useModel(again.id);
    });
    notices.info(() => i18n.m.study.model.removed(name), {
      label: () => i18n.m.shell.app.undo,
      run: () => this.host.undo(),
    });
  }
}

/** Whether two models are the same one, saved once. */
function isSame(a: ClusterModel, b: ClusterModel): boolean {
  return (
    a.specKey === b.specKey &&
    a.provenance.savedAt === b.provenance.savedAt &&
    a.centroids.length === b.centroids.length &&
    a.centroids.every((x, i) => x === b.centroids[i])
  );
}
