import type { Views } from '../messages';

export const views: Views = {};
