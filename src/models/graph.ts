import type { OnnxModel, OnnxNode } from './onnx';

/** Which node computes a tensor. */
export function producers(model: OnnxModel): Map<string, OnnxNode> {
  return new Map(model.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
}

/** The nodes, out of `nodes`, whose results depend on the picture, and their tensors with the input. */
export function dataPath(model: OnnxModel, nodes = model.nodes): { nodes: OnnxNode[]; tensors: Set<string> } {
  const tensors = new Set([model.inputs[0].name]);
  const path = nodes.filter((node) => {
    if (![...node.inputs, ...node.captured].some((name) => tensors.has(name))) return false;
    for (const output of node.outputs) tensors.add(output);
    return true;
  });
  return { nodes: path, tensors };
}
