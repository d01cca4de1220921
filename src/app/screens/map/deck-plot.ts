import type { Camera } from './camera';
import { FIELD_OF_VIEW, type Orbit } from './orbit';
import { TextureAtlas, type Device, type Spot } from './texture-atlas';

/** Points as deck.gl takes them without an object for each: n x dims coordinates and RGBA bytes. */
export interface Points {
  coords: Float32Array;
  rgba: Uint8Array;
  dims: 2 | 3;
}

/** Where the map is looked at from: above a plane, or around a cloud. */
export type View = { camera: Camera } | { orbit: Orbit };

/** Pictures, each at its point and cut out of one texture: few hundreds, those that are shown now, later ones above. */
export interface Pictures {
  atlas: TextureAtlas;
  spots: Spot[];
}

export interface Plot {
  /** Replaces what is drawn; `above` lies over `points`, each dot with a rim that sets it off. */
  draw(points: Points, above: Points, rim: readonly [number, number, number]): void;
  /** Replaces the pictures, which lie above all points. */
  hang(pictures: Pictures | null): void;
  /** Moves the view; `radius` is that of a point in pixels. */
  look(view: View, radius: number): void;
  /** An atlas of `side` x `side` tiles of `tile` pixels. It goes with the plot. */
  atlas(side: number, tile: number): Promise<TextureAtlas>;
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
  const [{ Deck, OrbitView, OrthographicView }, { IconLayer }, { DotLayer }] = await Promise.all([
    import('@deck.gl/core'),
    import('@deck.gl/layers'),
    import('./dot-layer'),
  ]);
  const lost = (event: Event): void => {
    event.preventDefault();
    onLost();
  };
  canvas.addEventListener('webglcontextlost', lost);

  let points: Points = { coords: new Float32Array(), rgba: new Uint8Array(), dims: 2 };
  let above = points;
  let data = layerData(points);
  let dataAbove = data;
  let rim: readonly [number, number, number] = [0, 0, 0];
  let view: View = { camera: { x: 0, y: 0, zoom: 0 } };
  let radius = 3;
  let pictures: Pictures | null = null;

  const dots = (id: string, { dims }: Points) => ({
    // The number of coordinates of a layer cannot change.
    id: `${id}-${dims}`,
    positionFormat: dims === 3 ? ('XYZ' as const) : ('XY' as const),
    pickable: false,
  });
  const layers = () => [
    new DotLayer({ ...dots('points', points), data, radius }),
    new DotLayer({
      ...dots('above', above),
      data: dataAbove,
      radius: radius + 1,
      rim,
      // What is selected is seen through the cloud.
      parameters: { depthCompare: 'always' },
    }),
    ...(pictures ? [pictureLayer(pictures)] : []),
  ];
  const pictureLayer = ({ spots, atlas }: Pictures) =>
    new IconLayer<Spot>({
      id: 'pictures',
      data: spots,
      iconAtlas: atlas.image,
      iconMapping: atlas.mapping,
      getPosition: (spot) => spot.at,
      getIcon: (spot) => spot.icon,
      getSize: (spot) => spot.side,
      getColor: (spot) => spot.colour,
      sizeUnits: 'pixels',
      pickable: false,
      alphaCutoff: 0,
      // A picture and its dot are equally deep, and whichever won would be chance.
      parameters: { depthCompare: 'always' },
    });

  let given: (device: Device) => void = () => undefined;
  const device = new Promise<Device>((resolve) => (given = resolve));
  const deck = new Deck({
    canvas,
    width: '100%',
    height: '100%',
    views: viewsOf(view),
    viewState: viewStateOf(view),
    layers: layers(),
    _pickable: false,
    // Dots have soft edges of their own.
    deviceProps: { webgl: { antialias: false } },
    onDeviceInitialized: given,
    onError: (error) => onError(error),
  });

  function viewsOf(of: View) {
    return 'orbit' in of
      ? [new OrbitView({ id: 'space', orbitAxis: 'Y', fovy: FIELD_OF_VIEW, controller: false })]
      : [new OrthographicView({ id: 'plane', flipY: false, controller: false })];
  }

  return {
    draw(nextPoints, nextAbove, rimColour) {
      [points, above, rim] = [nextPoints, nextAbove, rimColour];
      data = layerData(points);
      dataAbove = layerData(above);
      deck.setProps({ layers: layers() });
    },
    hang(next) {
      pictures = next;
      deck.setProps({ layers: layers() });
    },
    look(next, nextRadius) {
      const other = 'orbit' in next !== 'orbit' in view;
      const resized = nextRadius !== radius;
      [view, radius] = [next, nextRadius];
      deck.setProps({
        viewState: viewStateOf(view),
        ...(other ? { views: viewsOf(view) } : {}),
        ...(resized ? { layers: layers() } : {}),
      });
    },
    atlas: async (side, tile) => new TextureAtlas(await device, side, tile),
    destroy() {
      canvas.removeEventListener('webglcontextlost', lost);
      deck.finalize();
    },
  };
}

function viewStateOf(view: View): Record<string, object> {
  if ('camera' in view) return { plane: { target: [view.camera.x, view.camera.y], zoom: view.camera.zoom } };
  return { space: { ...view.orbit, target: [...view.orbit.target] } };
}

interface LayerData {
  length: number;
  attributes: {
    getPosition: { value: Float32Array; size: 2 | 3 };
    getFillColor: { value: Uint8Array; size: 4; normalized: true };
  };
}

function layerData({ coords, rgba, dims }: Points): LayerData {
  return {
    length: Math.floor(coords.length / dims),
    attributes: {
      getPosition: { value: coords, size: dims },
      getFillColor: { value: rgba, size: 4, normalized: true },
    },
  };
}
