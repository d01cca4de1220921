/**
 * An origin as it can stand in a Content-Security-Policy: no wildcard, no `;`, no address in brackets, all of which
 * are valid in a URL and would mean something else there.
 */
const ORIGIN = /^https?:\/\/[a-z0-9_-]+(\.[a-z0-9_-]+)*(:\d{1,5})?$/;

/** The origin of an address as a policy can name it, or null: not http(s), or a host that a policy cannot name. */
export function originOf(address: string): string | null {
  const origin = URL.canParse(address) ? new URL(address).origin : '';
  return ORIGIN.test(origin) ? origin : null;
}

/** The origins in the query of a connecting worker's address, each once; what is no origin is left out. */
export function agreedOrigins(search: string): string[] {
  const named = new URLSearchParams(search).getAll('origin');
  return [...new Set(named.filter((name) => originOf(name) === name))];
}

/** The query that names origins to a connecting worker; each must be one that `originOf` gave. */
export function originQuery(origins: readonly string[]): string {
  return origins.map((origin) => `origin=${encodeURIComponent(origin)}`).join('&');
}
