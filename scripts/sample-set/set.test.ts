import { unzipSync } from 'fflate';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BROKEN, DUPLICATES, makeSampleSet } from './set';

const sha = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
const committed = readFileSync('public/samples/samples.zip');
const about = JSON.parse(readFileSync('public/samples/samples.json', 'utf8'));
const files = unzipSync(committed);
const paths = Object.keys(files).filter((path) => path !== 'metadata.csv');

it('is, byte for byte, what the script makes', { timeout: 120_000 }, () => {
  expect(sha(makeSampleSet().zip)).toBe(sha(committed));
});

it('is described by samples.json', () => {
  expect(about.bytes).toBe(committed.length);
  expect(about.images).toBe(paths.length - BROKEN.length);
});

it('holds at least 400 different pictures in 2 to 4 MB', () => {
  const hashes = new Set(paths.filter((path) => !BROKEN.includes(path)).map((path) => sha(files[path])));
  expect(hashes.size).toBeGreaterThanOrEqual(400);
  expect(hashes.size).toBe(about.images - Object.keys(DUPLICATES).length);
  expect(committed.length).toBeGreaterThan(2e6);
  expect(committed.length).toBeLessThan(4e6);
});

it('has labels of a useful size: every class folder holds 24 pictures or more', () => {
  const classes = new Map<string, number>();
  for (const path of paths.filter((path) => !BROKEN.includes(path))) {
    const name = path.split('/').slice(0, 2).join('/');
    classes.set(name, (classes.get(name) ?? 0) + 1);
  }
  expect(classes.size).toBe(16);
  for (const [name, count] of classes) expect(count, name).toBeGreaterThanOrEqual(24);
});

it('repeats three pictures exactly and breaks two files', () => {
  for (const [copy, original] of Object.entries(DUPLICATES))
    expect(sha(files[copy]), copy).toBe(sha(files[original]));
  const start = (path: string) => Buffer.from(files[path]).toString('latin1', 0, 3);
  expect(start(BROKEN[0])).toBe('\xff\xd8\xff');
  expect(Buffer.from(files[BROKEN[0]]).includes(Buffer.of(0xff, 0xda))).toBe(false);
  expect(start(BROKEN[1])).toBe('A n');
});

it('has one row of metadata for every picture, with device and time for the rays', () => {
  const [header, ...rows] = Buffer.from(files['metadata.csv']).toString('utf8').trimEnd().split('\n');
  expect(header).toBe('path,subject,device,time,ground');
  expect(rows.map((row) => row.split(',')[0]).sort()).toEqual(
    paths.filter((p) => !BROKEN.includes(p)).sort(),
  );
  for (const row of rows.filter((r) => r.startsWith('rays/')))
    expect(row).toMatch(/,cam-\w+,2025-0[345]-\d\dT[\d:]{8}Z,$/);
});
