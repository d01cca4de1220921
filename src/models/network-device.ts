/** The features and limits that ONNX Runtime asks for when it makes its own device; without them it runs slower. */
const FEATURES: GPUFeatureName[] = ['shader-f16', 'timestamp-query', 'subgroups'];
const LIMITS = [
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBuffersPerShaderStage',
] as const satisfies (keyof GPUSupportedLimits)[];

/** A device as ONNX Runtime likes it, for one session; whoever asks for it destroys it. */
export function requestNetworkDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  return adapter.requestDevice({
    requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature)),
    requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]])),
  });
}
