import { expect, it } from 'vitest';
import { parseArguments, UsageError } from './args';

it('fills in what is not said', () => {
  expect(parseArguments(['--img', 'a', '--out', 'b'])).toEqual({
    source: { kind: 'folder', path: 'a' },
    out: 'b',
    model: null,
    descriptors: null,
    array: null,
    paths: null,
    k: null,
    seed: 1,
    backend: 'auto',
    resize: 'squash',
    scaling: 'none',
    pca: null,
    exactSilhouette: false,
    hierarchy: null,
    perFolder: false,
    formats: ['csv'],
    imagesOut: null,
    modelOut: null,
    projectOut: null,
    apply: null,
    metadata: null,
    fieldname: null,
    limit: null,
    field: null,
    png: 0,
  });
});

it('takes everything that can be said', () => {
  const words =
    '--zip a.zip --out b --model x.onnx --k 12 --seed 7 --backend wasm --preprocess crop --limit 100 ' +
    '--scaling standard --pca 0.9 --silhouette exact --hierarchy 8:2:50 --per-folder --model-out m.zip --project-out p.tessera';
  const table = ['--metadata', 'm.csv', '--fieldname', 'file name'];
  const out = ['--format', 'parquet,json', '--images-out', 'structure'];
  expect(parseArguments([...words.split(' '), ...table, ...out])).toEqual({
    source: { kind: 'archive', path: 'a.zip' },
    out: 'b',
    model: 'x.onnx',
    descriptors: null,
    array: null,
    paths: null,
    k: 12,
    seed: 7,
    backend: 'wasm',
    resize: 'crop',
    scaling: 'standard',
    pca: 0.9,
    exactSilhouette: true,
    hierarchy: { branching: 8, depth: 2, minimumSize: 50 },
    perFolder: true,
    formats: ['parquet', 'json'],
    imagesOut: 'structure',
    modelOut: 'm.zip',
    projectOut: 'p.tessera',
    apply: null,
    metadata: 'm.csv',
    fieldname: 'file name',
    limit: 100,
    field: null,
    png: 0,
  });
  expect(parseArguments(['--img=a', '--out=b', '--k=auto'])).toMatchObject({ k: null });
  const records = '--json a.ndjson --field a.b --png 5 --out b';
  expect(parseArguments(records.split(' '))).toMatchObject({
    source: { kind: 'records', path: 'a.ndjson' },
    field: 'a.b',
    png: 5,
  });
});

it('takes a model to apply, a dimension, and the parts of a hierarchy that are left out', () => {
  const parse = (...words: string[]) => parseArguments(['--img=a', '--out=b', ...words]);
  expect(parse('--apply', 'm.zip')).toMatchObject({ apply: 'm.zip', k: null, scaling: 'none' });
  expect(parse('--pca=50')).toMatchObject({ pca: 50 });
  expect(parse('--pca=.5')).toMatchObject({ pca: 0.5 });
  expect(parse('--hierarchy=16')).toMatchObject({ hierarchy: { branching: 16, depth: 3, minimumSize: 64 } });
  expect(parse('--hierarchy=4:9')).toMatchObject({ hierarchy: { branching: 4, depth: 9, minimumSize: 64 } });
});

it('takes a project in place of images, and nothing that would change it', () => {
  const source = { kind: 'project', path: 'p.tessera' };
  expect(parseArguments(['--project', 'p.tessera', '--out', 'b'])).toMatchObject({ source });
  expect(() => parseArguments(['--project=p', '--out=b', '--k=3'])).toThrow(/leave --k out/);
  expect(() => parseArguments(['--project=p', '--img=a', '--out=b'])).toThrow(UsageError);
});

it('takes vectors of another tool beside images or alone', () => {
  const parse = (words: string) => parseArguments(words.split(' '));
  expect(parse('--descriptors v.npz --array pca --paths p.csv --out b')).toMatchObject({
    source: { kind: 'descriptors', path: 'v.npz' },
    descriptors: 'v.npz',
    array: 'pca',
    paths: 'p.csv',
  });
  expect(parse('--img a --descriptors v.npy --out b --png 3')).toMatchObject({
    source: { kind: 'folder', path: 'a' },
    descriptors: 'v.npy',
    paths: null,
    png: 3,
  });
});

it('gives help whatever else is said', () => {
  expect(parseArguments(['--help'])).toBe('help');
  expect(parseArguments(['--k', 'x', '-h'])).toBe('help');
});

it.each([
  ['', /one of --img DIR, --zip FILE and --json FILE/],
  ['--img a --zip b --out c', /one of/],
  ['--zip a --json b --out c', /one of/],
  ['--zip a --field x --out c', /say which file with --json/],
  ['--img a --out b --png -1', /--png/],
  ['--img a --out b --png all', /--png takes a whole number from 0/],
  ['--img a', /--out DIR/],
  ['--img a --out', /--out/],
  ['--img a --out b --k 0', /--k takes a whole number from 1/],
  ['--img a --out b --k 2.5', /not "2.5"/],
  ['--img a --out b --k 1e1', /not "1e1"/],
  ['--img a --out b --seed -1', /--seed/],
  ['--img a --out b --seed=4294967296', /--seed/],
  ['--img a --out b --limit 0', /--limit/],
  ['--img a --out b --backend cuda', /--backend takes auto, webgpu, wasm, not "cuda"/],
  ['--img a --out b --preprocess stretch', /squash, crop/],
  ['--img a --out b --scaling log', /--scaling takes none, l2, standard, minmax, not "log"/],
  ['--img a --out b --pca 0', /--pca takes a number of components/],
  ['--img a --out b --pca 1.5', /not "1.5"/],
  ['--img a --out b --pca 0.0', /a share between 0 and 1/],
  ['--img a --out b --silhouette full', /--silhouette takes sample, exact/],
  ['--img a --out b --hierarchy 1', /--hierarchy takes a whole number from 2 to 64, not "1"/],
  ['--img a --out b --hierarchy 16:', /not ""/],
  ['--img a --out b --hierarchy 16:0', /from 1 to 16, not "0"/],
  ['--img a --out b --hierarchy 16:3:9:9', /B:DEPTH:MIN, not "16:3:9:9"/],
  ['--img a --out b --apply m.zip --k 5', /leave --k out/],
  ['--img a --out b --apply m.zip --pca 5', /leave --pca out/],
  ['--img a --out b --apply m.zip --model-out n.zip', /leave --model-out out/],
  ['--img a --out b --paths p.csv', /say which with --descriptors/],
  ['--img a --out b --array x', /--array belongs to a file of vectors/],
  ['--img a --descriptors v.npy --model pixels --out b', /leave --model out/],
  ['--descriptors v.npy --out b --png 1', /leave --png out/],
  ['--descriptors v.npy --out b --images-out cluster', /leave --images-out out/],
  ['--descriptors v.npy --out b --limit 5', /leave --limit out/],
  ['--project p --descriptors v.npy --out b', /leave --descriptors out/],
  ['--img a --out b --fieldname x', /say which with --metadata/],
  ['--img a --out b --kk 3', /Unknown option '--kk'/],
  ['a --out b', /Unexpected argument 'a'/],
])('refuses "%s" with a sentence', (words, sentence) => {
  const parse = () => parseArguments(words.split(' ').filter(Boolean));
  expect(parse).toThrow(UsageError);
  expect(parse).toThrow(sentence);
});
