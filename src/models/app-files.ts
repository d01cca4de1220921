/**
 * The address that the app's own files are relative to. A worker has no document and its script lies in `assets/`,
 * one below; the build knows only relative addresses, so that the app works in any folder of a host.
 */
export function appBase(): string {
  if (typeof document !== 'undefined') return document.baseURI;
  if (import.meta.env.DEV) return new URL(import.meta.env.BASE_URL, self.location.origin).href;
  return new URL('../', self.location.href).href;
}
