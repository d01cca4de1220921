import {
  Layer,
  picking,
  project32,
  type Accessor,
  type LayerProps,
  type UpdateParameters,
} from '@deck.gl/core';
import { Model } from '@luma.gl/engine';

type Rgb = readonly [number, number, number];

type DotProps = LayerProps & {
  data: unknown;
  getPosition?: Accessor<unknown, [number, number, number]>;
  getFillColor?: Accessor<unknown, [number, number, number, number]>;
  /** In pixels. */
  radius?: number;
  /** The colour of a rim of one pixel; null: none. */
  rim?: Rgb | null;
};

const block = `\
layout(std140) uniform dotsUniforms {
  vec4 rim;
  float radius;
} dots;
`;
const dots = {
  name: 'dots',
  vs: block,
  fs: block,
  uniformTypes: { rim: 'vec4<f32>', radius: 'f32' },
} as const;

const vs = `\
#version 300 es
#define SHADER_NAME dots-vertex
in vec3 positions;
in vec3 positions64Low;
in vec4 fillColors;
out vec4 colour;
out float outer;
void main(void) {
  gl_Position = project_position_to_clipspace(positions, positions64Low, vec3(0.0));
  outer = (dots.radius + 0.5 * dots.rim.a) * project.devicePixelRatio;
  gl_PointSize = 2.0 * outer + 1.0;
  colour = fillColors;
}
`;
const fs = `\
#version 300 es
#define SHADER_NAME dots-fragment
precision highp float;
in vec4 colour;
in float outer;
out vec4 fragColor;
void main(void) {
  float away = length(gl_PointCoord - 0.5) * (2.0 * outer + 1.0);
  float inside = clamp(outer + 0.5 - away, 0.0, 1.0);
  if (inside == 0.0) discard;
  float line = dots.rim.a * clamp(away - outer + 1.5, 0.0, 1.0);
  fragColor = mix(colour, vec4(dots.rim.rgb, 1.0), line);
  fragColor.a *= inside;
}
`;

/**
 * Round dots, each one vertex. deck.gl's ScatterplotLayer draws an instance of a square for each, which costs four vertices, and
 * on software renderers a draw of its own.
 */
export class DotLayer extends Layer<DotProps> {
  static override layerName = 'DotLayer';
  static override defaultProps = {
    getPosition: { type: 'accessor', value: [0, 0, 0] },
    getFillColor: { type: 'accessor', value: [0, 0, 0, 255] },
    radius: 3,
    rim: null,
  };
  declare state: { model?: Model };

  override getShaders() {
    return super.getShaders({ vs, fs, modules: [project32, picking, dots] });
  }

  override initializeState(): void {
    this.getAttributeManager()!.add({
      positions: { size: 3, type: 'float64', fp64: this.use64bitPositions(), accessor: 'getPosition' },
      fillColors: { size: 4, type: 'unorm8', accessor: 'getFillColor' },
    });
  }

  override updateState(params: UpdateParameters<this>): void {
    super.updateState(params);
    if (params.changeFlags.extensionsChanged) {
      this.state.model?.destroy();
      this.state.model = new Model(this.context.device, {
        ...this.getShaders(),
        id: this.props.id,
        bufferLayout: this.getAttributeManager()!.getBufferLayouts(),
        topology: 'point-list',
        isInstanced: false,
      });
      this.getAttributeManager()!.invalidateAll();
    }
    this.state.model?.setVertexCount(this.getNumInstances());
  }

  override draw(): void {
    const { radius, rim } = this.props;
    const [r, g, b] = rim ?? [0, 0, 0];
    const { model } = this.state;
    if (!model || this.getNumInstances() === 0) return;
    model.shaderInputs.setProps({ dots: { rim: [r / 255, g / 255, b / 255, rim ? 1 : 0], radius } });
    model.draw(this.context.renderPass);
  }
}
