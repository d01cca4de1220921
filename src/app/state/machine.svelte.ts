export type Graphics = { kind: 'gpu'; name: string } | { kind: 'software' } | { kind: 'none' };

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|warp|basic render/i;

/** What this browser can do, found out once. */
class Machine {
  /** null while it is being found out. */
  graphics = $state.raw<Graphics | null>(null);
  webgl = $state(true);
  storage = $state(true);

  async start(): Promise<void> {
    this.webgl = document.createElement('canvas').getContext('webgl2') !== null;
    [this.graphics, this.storage] = await Promise.all([findGraphics(), canStore()]);
  }
}

export const machine = new Machine();

async function findGraphics(): Promise<Graphics> {
  const gpu = navigator.gpu as GPU | undefined;
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (!adapter) return { kind: 'none' };
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  const name = description || [vendor, architecture || device].filter(Boolean).join(' ');
  if (isFallbackAdapter || SOFTWARE.test(name)) return { kind: 'software' };
  return { kind: 'gpu', name: name || 'WebGPU' };
}

/** Private windows of some browsers have an IndexedDB that refuses to open. */
function canStore(): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open('tessera-probe');
      request.onsuccess = () => {
        request.result.close();
        indexedDB.deleteDatabase('tessera-probe');
        resolve(true);
      };
      request.onerror = () => resolve(false);
    } catch {
      resolve(false);
    }
  });
}
