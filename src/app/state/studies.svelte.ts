import { getContext, setContext } from 'svelte';
import { Comparison } from './comparison.svelte';
import { ExactSilhouette } from './exact-silhouette.svelte';
import { ImageSearch } from './image-search.svelte';
import { Models } from './models.svelte';
import { StabilityStudy } from './stability.svelte';
import type { StudyHost } from './study-host';
import { Trees } from './trees.svelte';
import { VarianceStudy } from './variance.svelte';

/** What is asked of the open project beyond its clusters; each part lives in a file of its own. */
export class Studies {
  readonly trees: Trees;
  readonly comparison: Comparison;
  readonly stability: StabilityStudy;
  readonly silhouette: ExactSilhouette;
  readonly models: Models;
  readonly search: ImageSearch;
  readonly variance: VarianceStudy;

  constructor(host: StudyHost) {
    this.trees = new Trees(host);
    this.comparison = new Comparison(host);
    this.stability = new StabilityStudy(host);
    this.silhouette = new ExactSilhouette(host);
    this.models = new Models(host);
    this.search = new ImageSearch(host);
    this.variance = new VarianceStudy(host);
  }
}

const KEY = Symbol('studies');
export const provideStudies = (studies: Studies): Studies => setContext(KEY, studies);
export const useStudies = (): Studies => getContext<Studies>(KEY);
