import type { Shell } from '../messages';

export const shell: Shell = {};
