import { addresses as enAddresses } from './en/addresses';
import { clusterPage as enClusterPage } from './en/cluster-page';
import { connect as enConnect } from './en/connect';
import { explore as enExplore } from './en/explore';
import { figures as enFigures } from './en/figures';
import { mapping as enMapping } from './en/mapping';
import { metadata as enMetadata } from './en/metadata';
import { hierarchy as enHierarchy } from './en/hierarchy';
import { imageSearch as enImageSearch } from './en/imageSearch';
import { queue as enQueue } from './en/queue';
import { records as enRecords } from './en/records';
import { exporting as enExporting } from './en/exporting';
import { projectFile as enProjectFile } from './en/project-file';
import { descriptors as enDescriptors } from './en/descriptors';
import { editing as enEditing } from './en/editing';
import { shell as enShell } from './en/shell';
import { study as enStudy } from './en/study';
import { views as enViews } from './en/views';
import { withUnbrokenSpaces } from './french-spaces';
import { createFormat, LOCALES, pickLocale, type Format, type Locale } from './format';
import type { Messages } from './messages';
import { recall, remember } from '../state/remember';

export type { Locale } from './format';

const en: Messages = {
  addresses: enAddresses,
  clusterPage: enClusterPage,
  connect: enConnect,
  explore: enExplore,
  figures: enFigures,
  mapping: enMapping,
  metadata: enMetadata,
  hierarchy: enHierarchy,
  imageSearch: enImageSearch,
  queue: enQueue,
  records: enRecords,
  exporting: enExporting,
  projectFile: enProjectFile,
  descriptors: enDescriptors,
  editing: enEditing,
  shell: enShell,
  study: enStudy,
  views: enViews,
};

/** English is always there; the others load when asked for. */
const LOADERS: Record<Locale, () => Promise<Messages>> = {
  en: () => Promise.resolve(en),
  fr: async () => {
    const [
      { hierarchy },
      { imageSearch },
      { queue },
      { addresses },
      { clusterPage },
      { connect },
      { explore },
      { figures },
      { mapping },
      { metadata },
      { records },
      { exporting },
      { projectFile },
      { descriptors },
      { editing },
      { shell },
      { study },
      { views },
    ] = await Promise.all([
      import('./fr/hierarchy'),
      import('./fr/imageSearch'),
      import('./fr/queue'),
      import('./fr/addresses'),
      import('./fr/cluster-page'),
      import('./fr/connect'),
      import('./fr/explore'),
      import('./fr/figures'),
      import('./fr/mapping'),
      import('./fr/metadata'),
      import('./fr/records'),
      import('./fr/exporting'),
      import('./fr/project-file'),
      import('./fr/descriptors'),
      import('./fr/editing'),
      import('./fr/shell'),
      import('./fr/study'),
      import('./fr/views'),
    ]);
    return withUnbrokenSpaces({
      hierarchy,
      imageSearch,
      queue,
      addresses,
      clusterPage,
      connect,
      explore,
      figures,
      mapping,
      metadata,
      records,
      exporting,
      projectFile,
      descriptors,
      editing,
      shell,
      study,
      views,
    });
  },
  ru: async () => {
    const [
      { hierarchy },
      { imageSearch },
      { queue },
      { addresses },
      { clusterPage },
      { connect },
      { explore },
      { figures },
      { mapping },
      { metadata },
      { records },
      { exporting },
      { projectFile },
      { descriptors },
      { editing },
      { shell },
      { study },
      { views },
    ] = await Promise.all([
      import('./ru/hierarchy'),
      import('./ru/imageSearch'),
      import('./ru/queue'),
      import('./ru/addresses'),
      import('./ru/cluster-page'),
      import('./ru/connect'),
      import('./ru/explore'),
      import('./ru/figures'),
      import('./ru/mapping'),
      import('./ru/metadata'),
      import('./ru/records'),
      import('./ru/exporting'),
      import('./ru/project-file'),
      import('./ru/descriptors'),
      import('./ru/editing'),
      import('./ru/shell'),
      import('./ru/study'),
      import('./ru/views'),
    ]);
    return {
      hierarchy,
      imageSearch,
      queue,
      addresses,
      clusterPage,
      connect,
      explore,
      figures,
      mapping,
      metadata,
      records,
      exporting,
      projectFile,
      descriptors,
      editing,
      shell,
      study,
      views,
    };
  },
};

/** The interface language: `i18n.m.views.map.title`, `i18n.int(29812)`. Reading it in markup makes the markup follow it. */
class I18n {
  locale = $state<Locale>('en');
  m = $state.raw<Messages>(en);
  format = $state.raw<Format>(createFormat('en'));
  readonly locales = LOCALES;
  int = (n: number): string => this.format.int(n);

  /** The remembered language, else the browser's; resolves when its messages are shown. */
  async start(): Promise<void> {
    await this.use(pickLocale([recall('locale') ?? '', ...navigator.languages]));
  }

  /** Switches and remembers. */
  async choose(locale: Locale): Promise<void> {
    remember('locale', locale);
    await this.use(locale);
  }

  private async use(locale: Locale): Promise<void> {
    const messages = await LOADERS[locale]();
    this.m = messages;
    this.format = createFormat(locale);
    this.locale = locale;
    document.documentElement.lang = locale;
  }
}

export const i18n = new I18n();
