import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { PNG_FILE } from '../src/app/headless-pack';
import { account, complaint } from './account';
import { parseArguments, UsageError, USAGE, type Arguments } from './args';
import { readInput, type Input } from './given';
import { findModel } from './model';
import { placeImages } from './place-images';
import { duration, progressWriter } from './progress';
import { descriptorLine, readTables, runRecord } from './results';
import { Session } from './session';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** npm runs scripts in the project's folder; paths are meant from where it was called. */
const fromHere = (path: string): string => resolve(process.env['INIT_CWD'] ?? process.cwd(), path);

function located(args: Arguments): Arguments {
  const { kind, path } = args.source;
  const source = { kind, path: fromHere(path) };
  const out = fromHere(args.out);
  if (kind === 'folder' && `${out}${sep}`.startsWith(`${source.path}${sep}`))
    throw new UsageError('--out lies inside --img, so that the next run would take the results for images.');
  const modelOut = args.modelOut === null ? null : fromHere(args.modelOut);
  if (modelOut !== null && !existsSync(dirname(modelOut)))
    throw new UsageError(`--model-out: there is no folder ${dirname(modelOut)}.`);
  const projectOut = args.projectOut === null ? null : fromHere(args.projectOut);
  if (projectOut !== null && !existsSync(dirname(projectOut)))
    throw new UsageError(`--project-out: there is no folder ${dirname(projectOut)}.`);
  if (kind === 'project' && !existsSync(source.path))
    throw new UsageError(`--project: there is no file ${source.path}.`);
  const given = (name: 'apply' | 'metadata' | 'descriptors' | 'paths'): string | null => {
    const path = args[name];
    const file = path === null ? null : fromHere(path);
    if (file !== null && !existsSync(file)) throw new UsageError(`--${name}: there is no file ${file}.`);
    return file;
  };
  return {
    ...args,
    source,
    out,
    modelOut,
    projectOut,
    apply: given('apply'),
    metadata: given('metadata'),
    descriptors: given('descriptors'),
    paths: given('paths'),
  };
}

/** Moves a file that the page handed out to where it was asked for, also to another disk. */
function place(out: string, name: string, file: string): void {
  const made = join(out, name);
  if (made === file) return;
  copyFileSync(made, file);
  rmSync(made);
}

/** A project brings its images along, and vectors alone do without. */
const NO_IMAGES: Input = { files: [], paths: [] };

/** Does what was asked; gives a sentence when it cannot be called done. */
async function run(args: Arguments): Promise<string | null> {
  const startedAt = new Date();
  const start = performance.now();
  const model = findModel(args.model, fromHere, say);
  const isProject = args.source.kind === 'project';
  const hasImages = !isProject && args.source.kind !== 'descriptors';
  const input = hasImages ? await readInput(args.source, args.limit, args.field) : NO_IMAGES;
  if (hasImages && input.paths.length === 0) return `There are no files in ${args.source.path}.`;
  const records = input.files[0]?.records ?? null;
  const what = records ? `records with images in "${records.imageField}"` : 'files';
  if (isProject) say(`The project in ${args.source.path}`);
  else if (hasImages) say(`${input.paths.length} ${what} in ${args.source.path}`);
  if (args.descriptors) say(`The vectors in ${args.descriptors}`);
  mkdirSync(args.out, { recursive: true });

  const progress = progressWriter(process.stderr);
  const session = await Session.open(say, progress.follow);
  try {
    await session.give(input.files);
    if (model.file) await session.giveFile('model', model.file);
    if (isProject) await session.giveFile('project', args.source.path);
    if (args.apply) await session.giveFile('clusters', args.apply);
    for (const kind of ['metadata', 'descriptors', 'paths'] as const)
      if (args[kind]) await session.giveFile(kind, args[kind]);
    const {
      fieldname,
      resize,
      backend,
      seed,
      k,
      limit,
      scaling,
      pca,
      exactSilhouette,
      hierarchy,
      perFolder,
      formats,
      imagesOut,
    } = args;
    const saveModel = args.modelOut !== null;
    const applyModel = args.apply !== null;
    const clustering = { k, scaling, pca, exactSilhouette, hierarchy, perFolder, saveModel, applyModel };
    const saving = {
      project: isProject,
      name: basename(args.source.path),
      saveProject: args.projectOut !== null,
    };
    const request = {
      model: model.kind,
      resize,
      backend,
      seed,
      limit,
      fieldname,
      array: args.array,
      png: args.png,
      ...saving,
      ...clustering,
      formats,
      imagesOut,
    };
    const answer = await session.run(request, args.out);
    progress.end();
    if (!answer.ok) return answer.error.message;

    const { result } = answer;
    if (args.modelOut && result.files.includes('model.zip')) place(args.out, 'model.zip', args.modelOut);
    if (args.projectOut && result.files.includes('project.tessera'))
      place(args.out, 'project.tessera', args.projectOut);
    if (result.files.includes(PNG_FILE))
      say(`${await placeImages(args.out)} images as PNG in ${join(args.out, 'images')}`);
    const browser = await session.browser();
    const totalSeconds = (performance.now() - start) / 1000;
    const record = runRecord({ args, records, result, browser, startedAt, totalSeconds });
    writeFileSync(join(args.out, 'run.json'), `${JSON.stringify(record, null, 2)}\n`);

    const { embedded, duplicates, skipped } = result.counts;
    say(
      `${embedded} ${args.descriptors ? 'with a vector' : 'embedded'}, ${duplicates} duplicates, ${skipped} skipped, in ${duration(totalSeconds)}; see ${args.out}`,
    );
    const { metadata, descriptors } = result;
    if (descriptors) say(descriptorLine(descriptors));
    if (metadata)
      say(
        `${metadata.matched} of ${metadata.images} images have a row in the table, by "${metadata.column}"`,
      );
    if (k !== null && result.clustering && result.clustering.k !== k)
      say(`${k} clusters cannot be made of ${embedded} images; there are ${result.clustering.k}.`);
    if (!hasImages) return null;
    const wrong = complaint(account(input.paths, readTables(args.out, result.files)));
    return wrong ?? (embedded === 0 ? 'No file could be embedded; skipped.csv says why.' : null);
  } finally {
    progress.end();
    await session.close();
  }
}

try {
  const args = parseArguments(process.argv.slice(2));
  if (args === 'help') console.log(USAGE);
  else {
    const wrong = await run(located(args));
    if (wrong) say(wrong);
    process.exitCode = wrong ? 1 : 0;
  }
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  if (error instanceof UsageError) say('--help lists the options.');
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
