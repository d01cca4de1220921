import { buildIfStale } from '../scripts/build-if-stale';

/** Playwright's global set-up: the tests run against the build of these sources. */
export default function build(): void {
  buildIfStale();
}
