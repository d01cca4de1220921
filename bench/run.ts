import { parseArgs } from 'node:util';
import { benchClusters } from './clusters';
import { benchEmbed } from './embed';
import { benchExports } from './exports';
import { benchFirstPaint } from './first-paint';
import { benchImports } from './imports';
import { benchKMeans } from './kmeans';
import { benchLarge } from './large';
import { withLab, type Lab } from './lab';
import { describeMachine } from './machine';
import { benchMap } from './map';
import { benchMetadata } from './metadata';
import { report, type Result } from './report';
import { benchRoofline } from './roofline';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    images: { type: 'string', default: '600' },
    network: { type: 'string' },
    rows: { type: 'string', default: '5000,20000,50000' },
    'large-rows': { type: 'string', default: '416314' },
    'map-rows': { type: 'string', default: '20000,100000,416314' },
    'import-megabytes': { type: 'string', default: '50,500,2000' },
    'import-formats': { type: 'string', default: '50000' },
    'import-pictures': { type: 'string', default: '4000' },
    repeats: { type: 'string', default: '3' },
  },
});
const repeats = Number(values.repeats);
const sizes = (list: string): number[] => list.split(',').filter(Boolean).map(Number);

const BENCHMARKS: Record<string, (lab: Lab) => Promise<Result>> = {
  'first-paint': benchFirstPaint,
  embed: (lab) => benchEmbed(lab, Number(values.images), repeats, values.network),
  clusters: benchClusters,
  kmeans: (lab) => benchKMeans(lab, values.rows.split(',').map(Number), repeats),
  map: (lab) => benchMap(lab, values['map-rows'].split(',').map(Number), repeats),
  roofline: benchRoofline,
  imports: (lab) =>
    benchImports(lab, {
      megabytes: sizes(values['import-megabytes']),
      vectors: Number(values['large-rows']),
      formats: Number(values['import-formats']),
      pictures: Number(values['import-pictures']),
    }),
  metadata: () => benchMetadata([100_000, 1_000_000]),
  exports: (lab) => benchExports(lab, Number(values['large-rows'])),
  large: (lab) => benchLarge(lab, Number(values['large-rows'])),
};

const asked = positionals.length ? positionals : Object.keys(BENCHMARKS);
const unknown = asked.find((name) => !BENCHMARKS[name]);
if (unknown)
  throw new Error(`There is no benchmark "${unknown}"; there are ${Object.keys(BENCHMARKS).join(', ')}.`);

await withLab(async (lab) => {
  const machine = await describeMachine(lab.context, lab.pages);
  console.log(`${machine.cpu}, ${machine.cores} cores, ${machine.browser}, WebGPU ${machine.adapter}`);
  for (const name of asked) report(await BENCHMARKS[name](lab), machine);
});
