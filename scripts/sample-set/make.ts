import { mkdirSync, writeFileSync } from 'node:fs';
import { makeSampleSet, TITLE } from './set';

const folder = 'public/samples';
const { zip, files, images } = makeSampleSet();
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/samples.zip`, zip);
const about = { file: 'samples.zip', bytes: zip.length, images, title: TITLE };
writeFileSync(`${folder}/samples.json`, JSON.stringify(about, null, 2) + '\n');
console.log(`${folder}/samples.zip: ${files.size} files, ${images} pictures, ${zip.length} bytes`);
