import type { Plugin } from 'vite';

const WORKER = /\/connect\.worker\.ts\?worker&url$/;
const NONE = '\0tessera:no-connectors';

/** Whether a build talks to servers that a person names: all do, but for `TESSERA_CONNECTORS=off`. */
const wanted = (): boolean => process.env['TESSERA_CONNECTORS'] !== 'off';

/** Leaves the connecting worker out of a build that shall not have it; its address is '' then. */
export function connectors(isWanted = wanted()): Plugin {
  return {
    name: 'tessera:connectors',
    enforce: 'pre',
    resolveId: (source) => (!isWanted && WORKER.test(source) ? NONE : null),
    load: (id) => (id === NONE ? "export default '';" : null),
  };
}
