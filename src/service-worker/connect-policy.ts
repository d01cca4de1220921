import { agreedOrigins } from '../domain/origins';

/** The script of the one worker that may talk to servers which the person named. */
const CONNECT_WORKER = /\/connect\.worker\b[^/]*$/;

/**
 * The Content-Security-Policy of a file of the site: the page's own, but for the connecting worker, which may talk to the
 * origins that its address names and to nothing else, the site included.
 */
export function policyOf(pagePolicy: string, address: string): string {
  const { pathname, search } = new URL(address);
  if (!CONNECT_WORKER.test(pathname)) return pagePolicy;
  const origins = agreedOrigins(search);
  const allowed = `connect-src ${origins.length ? origins.join(' ') : "'none'"}`;
  return pagePolicy
    .split('; ')
    .map((directive) => (directive.startsWith('connect-src ') ? allowed : directive))
    .join('; ');
}
