import { parseArgs } from 'node:util';
import { benchFirstPaint } from './first-paint';
import { benchKMeans } from './kmeans';
import { withLab, type Lab } from './lab';
import { describeMachine } from './machine';
import { report, type Result } from './report';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: 'string', default: '5000' },
    repeats: { type: 'string', default: '3' },
  },
});
const repeats = Number(values.repeats);

const BENCHMARKS: Record<string, (lab: Lab) => Promise<Result>> = {
  'first-paint': benchFirstPaint,
  kmeans: (lab) => benchKMeans(lab, Number(values.rows), repeats),
};

const asked = positionals.length ? positionals : Object.keys(BENCHMARKS);
const unknown = asked.find((name) => !BENCHMARKS[name]);
if (unknown)
  throw new Error(`There is no benchmark "${unknown}"; there are ${Object.keys(BENCHMARKS).join(', ')}.`);

await withLab(async (lab) => {
  const machine = await describeMachine(lab.browser, lab.url);
  console.log(
    `${machine.cpu}, ${machine.cores} cores, Chromium ${machine.chromium}, WebGPU ${machine.adapter}`,
  );
  for (const name of asked) report(await BENCHMARKS[name](lab), machine);
});
