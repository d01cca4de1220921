import { expect, test } from 'vitest';
import { FAKE_SPEC } from '../../test/fake-threads';
import { TesseraError } from '../domain/errors';
import type { RgbImage } from '../domain/image';
import { Inference, type Answer, type InferPort } from './inference';

const image: RgbImage = { width: 1, height: 1, data: new Uint8Array(3) };
const turn = () => new Promise((resolve) => setTimeout(resolve));

/** A network whose start and batches end when the test says so. */
class FakeNetwork implements InferPort {
  readonly batches: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];
  closed = false;
  backend = '';
  begin: (error?: Error) => void = () => undefined;

  constructor(private readonly networks: number) {}

  start(_: unknown, backend: string) {
    this.backend = backend;
    return new Promise<never>((resolve, reject) => {
      const info = { backend: 'wasm', device: 'CPU', threads: 1, trial: [], reason: 'asked' };
      const started = { info, batch: 8, dim: 1, networks: this.networks };
      this.begin = (error) => (error ? reject(error) : resolve(started as never));
    });
  }

  embed(): Promise<Answer> {
    return new Promise((resolve, reject) => this.batches.push({ resolve, reject }));
  }

  close(): void {
    this.closed = true;
  }

  answer(): void {
    this.batches.shift()!.resolve({ vectors: new Float32Array(1), bad: [], seconds: 0 });
  }
}

function setUp(networks: number) {
  const made: FakeNetwork[] = [];
  const spawn = () => {
    made.push(new FakeNetwork(networks));
    return made.at(-1)!;
  };
  const told: string[] = [];
  const events = {
    backend: () => told.push('backend'),
    lost: () => told.push('lost'),
    fellBack: () => told.push('fell back'),
  };
  return { inference: new Inference(spawn, FAKE_SPEC, 'auto', events), made, told };
}

test('one network takes all batches when there is to be one', async () => {
  const { inference, made } = setUp(1);
  const answers = [inference.embed([image]), inference.embed([image]), inference.embed([image])];
  made[0].begin();
  await turn();
  expect(made.map(({ batches }) => batches.length)).toEqual([3]);
  for (let i = 0; i < 3; i++) made[0].answer();
  expect(await Promise.all(answers)).toHaveLength(3);
});

test('a second network is opened on WASM when the first is at work, and gets batches once it has started', async () => {
  const { inference, made, told } = setUp(2);
  void inference.embed([image]);
  made[0].begin();
  await turn();
  expect(made).toHaveLength(1);
  void inference.embed([image]);
  await turn();
  expect(made.map(({ backend }) => backend)).toEqual(['auto', 'wasm']);
  expect(made.map(({ batches }) => batches.length)).toEqual([2, 0]);
  made[1].begin();
  await turn();
  void inference.embed([image]);
  void inference.embed([image]);
  await turn();
  expect(made.map(({ batches }) => batches.length)).toEqual([2, 2]);
  expect(told).toEqual(['backend']);
  inference.close();
  expect(made.every(({ closed }) => closed)).toBe(true);
  await expect(inference.embed([image])).rejects.toMatchObject({ code: 'cancelled' });
});

test('without memory for a second network the first does it all', async () => {
  const { inference, made } = setUp(2);
  const answers = [inference.embed([image]), inference.embed([image])];
  made[0].begin();
  await turn();
  made[1].begin(new TesseraError('model-run', 'no memory'));
  await turn();
  answers.push(inference.embed([image]));
  await turn();
  expect(made).toHaveLength(2);
  for (let i = 0; i < 3; i++) made[0].answer();
  expect(await Promise.all(answers)).toHaveLength(3);
});

test('a failure of any of them is told, and opens none anew on WASM', async () => {
  const { inference, made, told } = setUp(2);
  const answers = [inference.embed([image]), inference.embed([image])];
  made[0].begin();
  await turn();
  made[1].begin();
  made[0].batches[1].reject(new TesseraError('model-run', 'the runtime failed'));
  await expect(answers[1]).rejects.toMatchObject({ code: 'model-run' });
  expect(told).toEqual(['backend']);
});

test('a lost device closes all and replays the batch on a new network', async () => {
  const { inference, made, told } = setUp(1);
  const answer = inference.embed([image]);
  made[0].begin();
  await turn();
  made[0].batches[0].reject(new TesseraError('device-lost', 'gone'));
  await turn();
  made[1].begin();
  await turn();
  made[1].answer();
  await answer;
  expect(made[0].closed).toBe(true);
  expect(told).toEqual(['backend', 'lost', 'backend']);
});
