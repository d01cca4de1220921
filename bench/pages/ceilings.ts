import type { Gpu } from '../../src/gpu/device';

const COPY = `
@group(0) @binding(0) var<storage, read> source: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> target_: array<vec4f>;

@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let threads = groups.x * 256u;
  for (var i = id.x; i < arrayLength(&source); i += threads) { target_[i] = source[i]; }
}`;

/** Eight sums of four, none of which waits for another: enough to fill the pipeline of a multiply-adder. */
const SUMS = 8;
const FMA = `
override ROUNDS: u32;
@group(0) @binding(0) var<storage, read_write> result: array<vec4f>;

@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let factor = vec4f(0.999, 0.998, 0.997, 0.996) + f32(id.x) * 1e-9;
  var sums = array<vec4f, ${SUMS}>();
  for (var r = 0u; r < ROUNDS; r++) {
${Array.from({ length: SUMS }, (_, i) => `    sums[${i}] = fma(sums[${i}], factor, vec4f(${i + 1}.0));`).join('\n')}
  }
  result[id.x] = ${Array.from({ length: SUMS }, (_, i) => `sums[${i}]`).join(' + ')};
}`;

/** Bytes a second of a copy, read and written bytes both counted. */
export async function copyRate(gpu: Gpu, bytes: number): Promise<number> {
  const buffers = [gpu.storage(bytes, 'copy source'), gpu.storage(bytes, 'copy target')];
  const pipeline = gpu.pipeline(COPY, 'copy');
  const groups = Math.min(16_384, Math.ceil(bytes / 16 / 256));
  const seconds = await secondsOf(gpu, pipeline, gpu.bind(pipeline, buffers), groups);
  gpu.release(...buffers);
  return (2 * bytes) / seconds;
}

/** Floating-point operations a second of f32 multiply-adds, two for each. */
export async function multiplyAddRate(gpu: Gpu, threads: number, rounds: number): Promise<number> {
  const result = gpu.storage(threads * 16, 'result');
  const pipeline = gpu.pipeline(FMA, 'multiply-add', 'main', { ROUNDS: rounds });
  const seconds = await secondsOf(gpu, pipeline, gpu.bind(pipeline, [result]), threads / 256);
  gpu.release(result);
  return (threads * rounds * SUMS * 4 * 2) / seconds;
}

/** Seconds of one dispatch: of many in one submission, so many that waiting for the answer does not count. */
async function secondsOf(
  gpu: Gpu,
  pipeline: GPUComputePipeline,
  bindings: GPUBindGroup,
  groups: number,
): Promise<number> {
  const run = async (times: number) => {
    const start = performance.now();
    const encoder = gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindings);
    for (let i = 0; i < times; i++) pass.dispatchWorkgroups(groups);
    pass.end();
    gpu.device.queue.submit([encoder.finish()]);
    await gpu.device.queue.onSubmittedWorkDone();
    return (performance.now() - start) / 1000;
  };
  await run(1);
  for (let times = 1; ; times *= 2) {
    const seconds = await run(times);
    if (seconds > 0.3) return Math.min(seconds, await run(times), await run(times)) / times;
  }
}
