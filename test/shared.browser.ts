declare const __SHARED_ROOT__: string;

/** Whether the shared pictures and networks are on this machine; tests that need them skip by name when not. */
export const hasShared = __SHARED_ROOT__ !== '';

/** Bytes of a shared file, from inside the browser. */
export async function fetchShared(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(`/@fs${__SHARED_ROOT__}/${path.split('/').map(encodeURIComponent).join('/')}`);
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
