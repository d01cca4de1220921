import { execFileSync } from 'node:child_process';
import type { Measured } from './kmeans';
import type { Problem } from './pages/kmeans';

/** A peer in Python on the same file, or null when no Python with it is found (PYTHON names one). */
export function pythonPeer(
  peer: 'sklearn' | 'faiss',
  file: string,
  { n, d, k, iterations }: Problem,
  repeats: number,
  threads: number,
): Measured | null {
  const python = process.env['PYTHON'] ?? 'python3';
  try {
    execFileSync(python, ['-c', `import ${peer}`], { stdio: 'ignore' });
  } catch {
    console.log(`No ${peer} in ${python}; set PYTHON to one that has it to measure it too.`);
    return null;
  }
  const numbers = [n, d, k, iterations, repeats, threads].map(String);
  const found = JSON.parse(
    execFileSync(python, ['bench/peers/kmeans.py', peer, file, ...numbers], { encoding: 'utf8' }),
  );
  const used = threads > 0 ? `, ${threads} ${threads === 1 ? 'thread' : 'threads'}` : '';
  return { ...found, name: `${found.name}${used}`, threads, bytes: 0 };
}
