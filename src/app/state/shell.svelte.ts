import { getContext, setContext } from 'svelte';
import { TesseraError } from '../../domain/errors';
import type { DroppedFile } from '../../domain/files';
import type { Project } from '../../domain/project';
import * as jobs from '../../jobs/projects';
import { unlessFull } from '../../jobs/unless-full';
import { fromFileList } from '../../sources/input';
import { readDrop } from '../../sources/drop';
import { i18n } from '../i18n/i18n.svelte';
import { Descriptors } from './descriptors.svelte';
import { Library } from './library.svelte';
import { machine } from './machine.svelte';
import { notices } from './notices.svelte';
import { QueueRun } from './queue.svelte';
import { onePicture } from './one-picture';
import { recall } from './remember';
import type { SheetSubject } from './contact-sheet';
import { AppSession } from './session.svelte';
import { Servers } from './servers.svelte';
import { Studies } from './studies.svelte';
import { fetchSample, type SampleInfo } from './sample';
import { nameOfDrop, sortDrop, type Incoming } from './sort-drop';
import { newProjectFields } from './new-project';
import { splitDrop, type DropSet } from './split-drop';

/** A drop of several folders or archives that may become one project, or one each. */
export interface DropQuestion {
  sets: readonly DropSet[];
  /** Not meant for the project that is open. */
  asNew: boolean;
}

/** What surrounds the open project: the list of projects, what comes in, and what the app is told to do. */
export class Shell {
  readonly queue = new QueueRun();
  readonly session = new AppSession(this.queue);
  readonly library = new Library(this.session);
  readonly studies = new Studies(this.session);
  readonly servers = new Servers(this);
  readonly descriptors = new Descriptors(this.session);
  /** Until the last project is open again. */
  starting = $state(recall('project') !== null);
  /** Files found so far in a drop that is still being listed. */
  listing = $state<number | null>(null);
  /** A network that was dropped and waits for its settings. */
  network = $state.raw<File | null>(null);
  /** Tables, vectors and the like that wait to be looked at, the first of them in a dialog. */
  incoming = $state.raw<readonly Incoming[]>([]);
  /** Those that came within a folder: nobody is stopped by them. */
  offers = $state.raw<readonly Incoming[]>([]);

  /** A project that is about to be saved as a file. */
  savingProject = $state.raw<Pick<Project, 'id' | 'name'> | null>(null);
  /** What a contact sheet is being made of. */
  sheet = $state.raw<SheetSubject | null>(null);
  /** One picture that may be added, or searched with. */
  picture = $state.raw<DroppedFile | null>(null);
  /** Drops whose division is asked for; each is asked about on its own. */
  questions = $state.raw<readonly DropQuestion[]>([]);

  async start(): Promise<void> {
    this.session.start();
    this.queue.speaker.open = (id) => void this.open(id);
    await this.attempt(async () => {
      await machine.start();
      if (!machine.storage) return;
      await this.queue.start();
      await this.library.refresh();
      const last = recall('project') ?? '';
      if (this.library.list.some((entry) => entry.project.id === last)) await this.session.open(last);
    });
    this.starting = false;
  }

  open(id: string | null): Promise<void> {
    return this.attempt(async () => {
      await this.session.open(id);
      if (id !== null && this.session.screen === 'projects') this.session.go('map');
      await this.library.refresh();
    });
  }

  /** Shows the empty table again; the next drop makes a project. */
  newProject(): Promise<void> {
    this.session.go('map');
    return this.open(null);
  }

  /** Takes a drop or a paste; must be called in the event handler itself. */
  async takeTransfer(transfer: DataTransfer): Promise<void> {
    this.listing = 0;
    // The transfer is emptied when the handler returns, so it is read before anything is awaited.
    const files = readDrop(transfer, (n) => (this.listing = n));
    await this.attempt(async () => {
      const found = await files;
      if (found.length === 0) notices.info(() => i18n.m.shell.drop.nothing);
      else if (!this.takePicture(onePicture(found))) await this.takeFiles(found);
    });
    this.listing = null;
  }

  /** Whether it is searched with, or asked about: while a project is open that a new picture can be compared with. */
  private takePicture(picture: DroppedFile | null): boolean {
    const { session, studies } = this;
    if (!picture || session.rows.n === 0 || !studies.search.takesPictures) return false;
    this.picture = picture;
    if (session.screen === 'search') void this.answerPicture('search');
    return true;
  }

  /** Searches with the picture that was asked about, adds it, or (null) leaves it alone. */
  async answerPicture(choice: 'search' | 'add' | null): Promise<void> {
    const { picture } = this;
    this.picture = null;
    if (!picture || !choice) return;
    await this.attempt(async () => {
      if (choice === 'add') return this.takeFiles([picture]);
      this.session.go('search');
      await this.studies.search.withPicture(picture.file);
    });
  }

  /** Searches with the image under the pointer or the keyboard, else with those that are selected. */
  find(): void {
    const { hovered, selection, rows } = this.session;
    const one = hovered !== null && hovered < rows.n ? [hovered] : selection.rows;
    void this.studies.search.withRows(one);
    if (rows.n > 0) this.session.go('search');
  }

  /** `asNew`: as a set of its own, whatever is open. */
  async takeList(list: Iterable<File>, asNew = false): Promise<void> {
    await this.attempt(() => this.takeFiles(fromFileList(list), asNew));
  }

  async takeSample(info: SampleInfo): Promise<void> {
    await this.attempt(async () => {
      const file = await fetchSample(info);
      await this.session.open(null);
      // Its folders are the classes; the archive's own name would only be in the way.
      await this.addImages([{ path: '', file }], i18n.m.shell.start.sampleProject);
    });
  }

  /** Runs something and shows what goes wrong. */
  async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      notices.error(error);
    }
  }

  private async takeFiles(files: DroppedFile[], asNew = false): Promise<void> {
    const { images, networks, bundles, models, incoming } = await sortDrop(files);
    if (networks.length > 0) {
      this.network = networks[0];
      this.session.go('settings');
    }
    // Embeddings first: images that come with them then need no computing.
    for (const bundle of bundles) {
      await this.ensureProject(nameOfDrop(images));
      await this.session.additions.embeddings(bundle);
    }
    if (images.length > 0) await this.placeImages(images, asNew);
    this.incoming = [...this.incoming, ...incoming.filter(({ within }) => !within)];
    this.offers = [...this.offers, ...incoming.filter(({ within }) => within)];
    for (const model of models) {
      if (!this.session.project) notices.warn(() => i18n.m.study.model.first);
      else {
        this.session.go('settings');
        await this.studies.models.take(model);
      }
    }
  }

  /** A file that was used with another one is not asked about any more. */
  dropIncoming(file: File): void {
    this.incoming = this.incoming.filter((one) => one.file !== file);
    this.offers = this.offers.filter((one) => one.file !== file);
  }

  /** Opens what was offered. */
  lookAt(offer: Incoming): void {
    this.offers = this.offers.filter((other) => other !== offer);
    this.incoming = [offer, ...this.incoming];
  }

  /** Does without what was offered: it is one more file of its folder, and listed as what it is. */
  async leaveOut(offer: Incoming): Promise<void> {
    this.offers = this.offers.filter((other) => other !== offer);
    if (offer.within && this.session.project) await this.session.add([offer.within]);
  }

  /** The first of what is coming in has been dealt with. */
  nextIncoming(): void {
    this.incoming = this.incoming.slice(1);
  }

  /** The first of what is coming in is not wanted. */
  declineIncoming(): void {
    const [first] = this.incoming;
    this.nextIncoming();
    if (first) void this.attempt(() => this.leaveOut(first));
  }

  /** Makes one project of a drop of several sets, or one each. */
  async answer(question: DropQuestion, choice: 'one' | 'each'): Promise<void> {
    this.forget(question);
    const { sets, asNew } = question;
    const images = sets.flatMap(({ files }) => files);
    await this.attempt(async () => {
      if (choice === 'each') await this.addSets(sets);
      else if (asNew) await this.addSets([{ name: nameOfDrop(images), files: images }]);
      else await this.addImages(images, nameOfDrop(images));
    });
  }

  /** Leaves a drop alone. */
  forget(question: DropQuestion): void {
    this.questions = this.questions.filter((other) => other !== question);
  }

  private async placeImages(images: DroppedFile[], asNew: boolean): Promise<void> {
    const sets = splitDrop(images);
    if (sets.length > 1) this.questions = [...this.questions, { sets, asNew }];
    else if (asNew) await this.addSets([{ name: nameOfDrop(images), files: images }]);
    else await this.addImages(images, nameOfDrop(images));
  }

  /** Makes a project of each set and puts them in the queue; the first is opened when nothing else is. */
  private async addSets(sets: readonly DropSet[]): Promise<void> {
    this.requireStorage();
    let placed = 0;
    for (const { name, files } of sets) {
      const isIn = this.session.project ? this.addSet(files, name) : this.addImages(files, name);
      placed += Number(await isIn);
    }
    if (placed > 0) notices.info(() => i18n.m.queue.added(placed));
    await this.library.refresh();
  }

  private addSet(files: DroppedFile[], name: string | null): Promise<boolean> {
    return this.queue.addSet(newProjectFields(name ?? this.untitled()), files);
  }

  private untitled(): string {
    return i18n.m.shell.start.untitled(i18n.format.date(Date.now()));
  }

  private requireStorage(): void {
    if (!machine.storage)
      throw new TesseraError('store', 'IndexedDB cannot be opened in this window; use a normal window.');
  }

  /**
   * Adds images to the open project, or to a new one of that name, and embeds them. `expected` is what they come to, until
   * they are counted. False: there is no space for them yet.
   */
  async addImages(
    images: DroppedFile[],
    name: string | null,
    expected = { files: images.length, bytes: images.reduce((sum, { file }) => sum + file.size, 0) },
  ): Promise<boolean> {
    // A project that cannot be made cannot be opened either: it comes in with the others when there is room.
    if (!(await this.ensureProject(name).then(() => true, unlessFull(false))))
      return this.addSet(images, name);
    const before = { announced: 0, bytes: 0, ...this.session.counts };
    // Archives are counted by what they hold as soon as that is known, and the time once it is measured.
    notices.info(() => {
      const { counts, progress } = this.session;
      const files = (counts?.announced ?? 0) - before.announced || expected.files;
      const bytes = (counts?.bytes ?? 0) - before.bytes || expected.bytes;
      return i18n.m.shell.drop.added(files, bytes, progress?.secondsLeft ?? null);
    });
    const isIn = await this.session.add(images);
    await this.library.refresh();
    return isIn;
  }

  /** Makes and opens a project of that name when none is open. Errors: `quota`, `store`. */
  async ensureProject(name: string | null): Promise<void> {
    this.requireStorage();
    if (this.session.project) return;
    const project = await jobs.createProject(newProjectFields(name ?? this.untitled()));
    await this.session.open(project.id);
    if (!['map', 'clusters'].includes(this.session.screen)) this.session.go('map');
  }
}

const KEY = Symbol('shell');
export const provideShell = (shell: Shell): Shell => setContext(KEY, shell);
export const useShell = (): Shell => getContext<Shell>(KEY);
