/** A file of the build, as the service worker keeps it. */
export interface BuildFile {
  /** Relative to the page. */
  url: string;
  /** Hex; what the host sends is kept only when it matches. */
  sha256: string;
  bytes: number;
}

/** What the build tells the service worker about itself. */
export interface BuildInfo {
  files: BuildFile[];
  /** The page's Content-Security-Policy, so that it holds in workers too: they take theirs from their own response. */
  policy: string;
}

/** Messages between page and service worker. */
export type ToWorker = { type: 'complete' } | { type: 'activate' };
export interface ToPage {
  type: 'offline-ready';
}
