import type { Camera } from './camera';

/** Points as deck.gl takes them without an object for each: x, y pairs and RGBA bytes. */
export interface Points {
  coords: Float32Array;
  rgba: Uint8Array;
}

export interface Plot {
  /** Replaces what is drawn; `above` lies over `points`, each dot with a rim that sets it off. */
  draw(points: Points, above: Points, rim: readonly [number, number, number]): void;
  /** Moves the view; `radius` is that of a point in pixels. */
  look(camera: Camera, radius: number): void;
  destroy(): void;
}

/** Whether this browser can draw the map at all. */
export function hasWebGl2(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}

/**
 * A deck.gl scatter plot in `canvas`, which must lie in the document and have a size. deck.gl is loaded here, on first
 * use, so the page starts without it. Its own picking and gestures are off: reading a picking buffer back can take a
 * second on software WebGL, and a grid index answers in microseconds. `onLost`: the WebGL context is gone; make another.
 */
export async function createPlot(
  canvas: HTMLCanvasElement,
  onLost: () => void,
  onError: (error: Error) => void,
): Promise<Plot> {
  const [{ Deck, OrthographicView }, { ScatterplotLayer }] = await Promise.all([
    import('@deck.gl/core'),
    import('@deck.gl/layers'),
  ]);
  const lost = (event: Event): void => {
    event.preventDefault();
    onLost();
  };
  canvas.addEventListener('webglcontextlost', lost);

  let data = layerData({ coords: new Float32Array(), rgba: new Uint8Array() });
  let dataAbove = data;
  let rim: readonly [number, number, number] = [0, 0, 0];
  let camera: Camera = { x: 0, y: 0, zoom: 0 };
  let radius = 3;

  const shared = { positionFormat: 'XY', radiusUnits: 'pixels', pickable: false } as const;
  const layers = (): InstanceType<typeof ScatterplotLayer>[] => [
    new ScatterplotLayer({ ...shared, id: 'points', data, getRadius: 1, radiusScale: radius }),
    new ScatterplotLayer({
      ...shared,
      id: 'above',
      data: dataAbove,
      getRadius: 1,
      radiusScale: radius + 1,
      stroked: true,
      lineWidthUnits: 'pixels',
      getLineWidth: 1,
      getLineColor: [...rim, 255],
    }),
  ];
  const viewState = (): Record<string, { target: [number, number]; zoom: number }> => ({
    map: { target: [camera.x, camera.y], zoom: camera.zoom },
  });

  const deck = new Deck({
    canvas,
    width: '100%',
    height: '100%',
    views: [new OrthographicView({ id: 'map', flipY: false, controller: false })],
    viewState: viewState(),
    layers: layers(),
    _pickable: false,
    onError: (error) => onError(error),
  });

  return {
    draw(points, above, rimColour) {
      data = layerData(points);
      dataAbove = layerData(above);
      rim = rimColour;
      deck.setProps({ layers: layers() });
    },
    look(next, nextRadius) {
      camera = next;
      const resized = nextRadius !== radius;
      radius = nextRadius;
      deck.setProps(resized ? { viewState: viewState(), layers: layers() } : { viewState: viewState() });
    },
    destroy() {
      canvas.removeEventListener('webglcontextlost', lost);
      deck.finalize();
    },
  };
}

interface LayerData {
  length: number;
  attributes: {
    getPosition: { value: Float32Array; size: 2 };
    getFillColor: { value: Uint8Array; size: 4; normalized: true };
  };
}

function layerData({ coords, rgba }: Points): LayerData {
  return {
    length: coords.length >> 1,
    attributes: {
      getPosition: { value: coords, size: 2 },
      getFillColor: { value: rgba, size: 4, normalized: true },
    },
  };
}
