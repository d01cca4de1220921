import type { ErrorCode } from '../../../domain/errors';
import type { SkipCode } from '../../../domain/files';
import type { BackendInfo } from '../../../domain/progress';
import { createFormat } from '../format';
import { skipDetails } from './skip-details';

const f = createFormat('en');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;

const errors: Record<ErrorCode, () => string> = {
  'model-not-onnx': () => 'This file is not an ONNX network. Export the network as .onnx and drop it again.',
  'model-inputs': () => 'This network does not take one image as its only input, so it cannot be used here.',
  'model-no-layer': () =>
    'No layer of this network gives one vector per image. Choose another layer or another network.',
  'model-hash': () =>
    'The downloaded network differs from the published one, so it was discarded. Try again; if it happens twice, the source has changed.',
  'model-download': () =>
    'The network could not be downloaded. Check the connection and try again; what has arrived is kept.',
  'model-run': () =>
    'The network failed on these images. Try the other backend in Settings, or another network.',
  'backend-missing': () =>
    'The chosen backend does not exist in this browser. Choose “Automatic” in Settings.',
  'device-lost': () =>
    'The graphics device stopped responding. What was computed is kept; resume, or switch to the CPU in Settings.',
  quota: () =>
    'The browser’s storage is full. What was computed is kept. Delete a project or free disk space, then resume.',
  'blocked-upgrade': () =>
    'Another tab holds an older version of Tessera open. Close it, then reload this page.',
  store: () =>
    'The browser’s storage cannot be read or written. Private windows often forbid it: use a normal window, or reload.',
  'project-busy': () =>
    'This project is being worked on in another tab. Go on there, or close that tab and try again here.',
  archive: () =>
    'This archive could not be opened. It may be incomplete or encrypted; unpack it and drop the folder.',
  remote: () =>
    'The server did not give what was asked for; the line below says why. What has arrived is kept.',
  'read-file': () =>
    'This file could not be read: it is cut short, damaged, or of another kind than its name says. Save it again where it was made.',
  'import-descriptors': () =>
    'These vectors could not be taken over: their paths do not fit the images. Choose another list of paths, or add the images first.',
  'import-embeddings': () =>
    'These embeddings do not fit: their rows and image paths do not match. Export them from Tessera again.',
  'model-bundle': () =>
    'This file is not a clustering model saved by Tessera, or it is damaged. Save the model again and apply that file.',
  'project-file': () =>
    'This project file is damaged or was not written by Tessera. Nothing of it was kept; save it again where it was made.',
  'project-newer': () =>
    'This project file was written by a newer Tessera. Reload this page to get that version, then open the file again.',
  'model-mismatch': () =>
    'This model was fitted on another descriptor than the images have now. Switch to the descriptor it needs, then apply it again.',
  'original-missing': () =>
    'The image itself is not in this browser: the project came in a file without the images. Drop their folder to have them again.',
  'too-few-images': () => 'At least 3 different images are needed to form clusters. Add some more.',
  cancelled: () => 'Cancelled.',
  memory: () =>
    'The analysis needs more memory at once than this browser gives. Reduce the vectors to fewer dimensions in the settings, or cluster fewer images.',
  internal: () => 'Something went wrong that should not have. Your data is kept; reload the page to go on.',
};

const skips: Record<SkipCode, string> = {
  empty: 'The file is empty (0 bytes)',
  'not-image': 'Not an image',
  unsupported: 'This image format cannot be read here',
  broken: 'Damaged or cut short',
  'too-large': 'Too many pixels to hold in memory',
  unreadable: 'The browser could not read the file; it may have moved',
  'system-file': 'A file of the operating system, not a picture',
  archive: 'The archive, or this part of it, could not be opened',
  record: 'This record holds no picture that can be decoded',
  address: 'The picture could not be fetched from its address',
  'bad-embedding': 'The network gave no usable numbers for it',
};

const backendReasons: Record<BackendInfo['reason'], string> = {
  measured: 'the faster one in a short trial',
  'only-choice': 'the only one this browser offers',
  'software-adapter': 'the graphics adapter here is a software one, and slower',
  asked: 'as you chose',
  fallback: 'the graphics device failed, so the CPU took over',
};

export const shell = {
  app: {
    skipLink: 'Skip to the content',
    loading: 'Loading…',
    close: 'Close',
    cancel: 'Cancel',
    retry: 'Try again',
    undo: 'Undo',
    details: 'Details',
    viewFailed: 'This view could not be loaded. Check the connection, then try again.',
  },
  nav: {
    label: 'Screens',
    map: 'Map',
    clusters: 'Clusters',
    tree: 'Tree',
    explore: 'Explore',
    search: 'Search',
    compare: 'Compare',
    data: 'Data',
    settings: 'Settings',
    projects: 'Projects',
  },
  bar: {
    label: 'Project',
    images: (n: number) => count(n, 'image', 'images'),
    skipped: (n: number) => `${f.int(n)} skipped`,
    switchProject: 'Switch project',
    allProjects: 'All projects',
    newProject: 'New project',
    add: 'Add images',
    addFiles: 'Files…',
    addFolder: 'Folder…',
    export: 'Export',
    more: 'More',
    language: 'Language',
    theme: 'Theme',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    keys: 'Keyboard shortcuts',
  },
  start: {
    title: 'Drop images or a folder here',
    text: 'Tessera looks at every picture and puts alike ones together.',
    files: 'Choose files',
    folder: 'Choose a folder',
    formats:
      'JPEG, PNG, WebP, AVIF, GIF, BMP, TIFF, HEIC, ZIP and TAR, in nested folders too. You can also paste.',
    sample: 'Try the sample set',
    sampleDetail: (images: number, bytes: number) => `${f.int(images)} images, ${f.bytes(bytes)}`,
    sampleProject: 'Sample set',
    private: 'Nothing leaves this machine: the pictures stay in this browser and are never uploaded.',
    runsOnLabel: 'Computed on',
    privateLabel: 'Private',
    checking: 'Looking for a graphics device…',
    gpu: (name: string) => `the graphics processor: ${name}`,
    software: 'the CPU: the only graphics adapter here is a software one',
    noWebgpu: 'the CPU: this browser offers no WebGPU',
    trialNote: 'A short trial on your first images decides which is faster.',
    noStore:
      'This browser window cannot store data (a private window, perhaps). Use a normal window: without storage, images cannot be kept.',
    noWebgl: 'WebGL is missing or switched off, so the map cannot be drawn. Clusters and exports work.',
    recent: 'Recent projects',
    untitled: (date: string) => `Images of ${date}`,
  },
  drop: {
    title: 'Drop to add',
    new: 'Images, folders, ZIP or TAR archives, or an ONNX network',
    into: (project: string) => `Adds to “${project}”. An ONNX network opens the model settings.`,
    nothing: 'There was no file in what was dropped.',
    reading: (n: number) => `Listing files: ${f.int(n)}`,
    added: (files: number, bytes: number, seconds: number | null) =>
      [
        count(files, 'file', 'files'),
        f.bytes(bytes),
        seconds === null ? 'estimating the time…' : `about ${f.duration(seconds)}`,
      ].join(' · '),
  },
  progress: {
    label: 'Progress',
    embedding: 'Embedding',
    clustering: 'Clustering',
    paused: 'Paused',
    left: (seconds: number) => `${f.duration(seconds)} left`,
    rate: (perSecond: number) => `${f.decimal(perSecond, perSecond < 10 ? 1 : 0)} images/s`,
    of: (done: number, all: number) => `${f.int(done)} of ${f.int(all)}`,
    pause: 'Pause',
    resume: 'Resume',
    cancel: 'Cancel',
    spoken: (percent: string, seconds: number | null) =>
      seconds === null ? `${percent} done` : `${percent} done, ${f.duration(seconds)} left`,
    finished: (n: number) => `Done: ${count(n, 'image', 'images')} embedded.`,
    clustered: (k: number) => `${count(k, 'cluster', 'clusters')} found.`,
    stopped: 'Stopped. What was computed is kept.',
    waiting: (n: number) => `${count(n, 'image', 'images')} waiting`,
    starting: 'Starting…',
    continueRun: 'Continue',
  },
  backend: {
    webgpu: (device: string) => `GPU: ${device}`,
    wasm: (threads: number) => `CPU, ${count(threads, 'thread', 'threads')}`,
    pixels: 'Raw pixels, no network',
    reasons: backendReasons,
    trial: (backend: string, ms: number) => `${backend}: ${f.decimal(ms, ms < 10 ? 1 : 0)} ms per image`,
  },
  inspector: {
    label: 'Selection',
    open: (n: number) => `${f.int(n)} selected`,
    close: 'Close the selection',
  },
  data: {
    title: 'Data',
    intro: 'Every file that was dropped is accounted for.',
    announced: 'Files dropped',
    embedded: 'Embedded',
    waiting: 'Waiting',
    duplicates: 'Duplicates',
    skipped: 'Skipped',
    missing: 'Missing',
    sum: (announced: number, sum: number) =>
      announced === sum
        ? `The parts add up to ${f.int(sum)}.`
        : `The parts add up to ${f.int(sum)}, not ${f.int(announced)}: the import is still listing files.`,
    offered: (n: number) =>
      `Not counted, and not kept until you decide: ${count(n, 'file', 'files')} on offer.`,
    skippedTitle: 'Skipped files',
    skippedNone: 'No file was skipped.',
    duplicatesTitle: 'Identical files',
    duplicatesText: 'These files have the same bytes as another one and are counted once.',
    duplicatesNone: 'No two files are identical.',
    missingText: (n: number) =>
      `${count(n, 'file was', 'files were')} announced but not read before the tab closed. Drop the folder again to complete the project; what is already there is not read twice.`,
    path: 'Path',
    reason: 'Reason',
    kept: 'Kept',
    same: 'Same as it',
    download: 'Download skipped.csv',
    more: (n: number) => `Show ${f.int(n)} more`,
  },
  projects: {
    title: 'Projects',
    none: 'No project yet. Drop images to make the first.',
    open: 'Open',
    current: 'Open now',
    rename: (name: string) => `Rename “${name}”`,
    name: 'Name of the project',
    remove: 'Delete',
    removeNamed: (name: string) => `Delete “${name}”`,
    removed: (name: string) => `“${name}” deleted.`,
    changed: (date: string) => `changed ${date}`,
    images: (n: number) => count(n, 'image', 'images'),
    unfinished: 'unfinished',
    storage: 'Storage',
    used: (used: number, quota: number) => `${f.bytes(used)} used of ${f.bytes(quota)} the browser allows`,
    persisted: 'The browser keeps this data until you delete it.',
    volatile: 'The browser may clear this data when the disk is full.',
    persist: 'Ask the browser to keep it',
    refused: 'The browser declined for now. Installing the app, or bookmarking the page, often helps.',
    nearQuota: (percent: string) =>
      `${percent} of the browser’s storage is used. Delete a project before adding many images.`,
  },
  settings: {
    title: 'Settings',
    noProject: 'Open a project to set its descriptor and clustering.',
    model: 'Descriptor',
    modelText:
      'What turns an image into numbers. Changing it embeds the images again; earlier results stay cached.',
    inUse: 'In use',
    use: 'Use',
    change: 'Change…',
    removeNamed: (name: string) => `Remove “${name}”`,
    dims: (n: number) => `${f.int(n)} numbers per image`,
    pixels: 'Raw pixels',
    pixelsText: 'The colours themselves at 32 × 32. No network; good for near-identical shots.',
    bundled: 'comes with Tessera',
    download: (bytes: number) => `Download ${f.bytes(bytes)}`,
    resume: (got: number, all: number) => `Resume at ${f.bytes(got)} of ${f.bytes(all)}`,
    downloading: (got: number, all: number) => `${f.bytes(got)} of ${f.bytes(all)}`,
    verifying: 'Verifying…',
    stored: 'Downloaded',
    remove: 'Remove',
    published: (n: number) => `${count(n, 'published network', 'published networks')} to download`,
    licenceElsewhere: 'licence: see its repository',
    own: 'Your own network',
    ownText: 'Drop an .onnx file anywhere, or choose one.',
    chooseOnnx: 'Choose an .onnx file',
    licence: (name: string) => `Licence: ${name}`,
    layer: 'Layer',
    layerText: 'The output of this layer is the embedding.',
    proposed: 'proposed',
    pool: 'Pooling',
    pools: { none: 'None', avg: 'Average', max: 'Maximum' },
    input: 'Input',
    inputAsked: 'The file does not tell; check against the network’s card:',
    inputRead: 'Read from the file.',
    questions: { size: 'size', layout: 'layout', normalisation: 'normalisation' },
    width: 'Width',
    height: 'Height',
    layout: 'Layout',
    channels: 'Channels',
    grey: 'Grey',
    normalisation: 'Normalisation',
    normalisations: {
      imagenet: 'ImageNet mean and deviation',
      symmetric: '−1 to 1',
      unit: '0 to 1',
      lite: '(x − 127) / 128',
      caffe: 'Caffe (BGR, mean removed)',
      bytes: '0 to 255',
    },
    resize: 'Preprocessing',
    resizes: {
      squash: 'Squash the whole image to the input size',
      crop: 'Scale the short side, crop the centre',
    },
    compute: 'Computation',
    backend: 'Backend',
    backends: { auto: 'Automatic', webgpu: 'GPU (WebGPU)', wasm: 'CPU (WebAssembly)' },
    backendForced: (backend: string) => `Set to “${backend}” by ?backend= in the address.`,
    clustering: 'Clustering',
    seed: 'Seed',
    seedText: 'The same seed gives the same clusters.',
    kRange: 'Numbers of clusters to try',
    from: 'from',
    to: 'to',
    kRangeWrong: 'From 2 to 1,024, the second not below the first.',
    scaling: 'Scaling',
    scalings: {
      none: 'None',
      l2: 'Unit length (compares directions)',
      standard: 'Standardised columns',
      minmax: 'Columns to 0…1',
    },
    apply: 'Cluster again',
  },
  exports: {
    label: 'Export',
    labels: 'Labels (CSV)',
    labelsText: 'path, cluster, distance to the centre',
    embeddings: 'Embeddings (NPY)',
    embeddingsText: 'float32, one row per image',
    bundle: 'Embeddings bundle (ZIP)',
    bundleText: 'numbers, paths and hashes, to import again',
    scores: 'Scores (CSV)',
    scoresText: 'all measures for each k',
    images: 'Images by cluster (ZIP)',
    imagesText: (n: number) =>
      n === 0 ? 'all images, a folder per cluster' : `${f.int(n)} selected, a folder per cluster`,
    skipped: 'Skipped files (CSV)',
    skippedText: 'path, reason',
    done: (name: string) => `Saved: ${name}`,
  },
  keys: {
    title: 'Keyboard shortcuts',
    undo: 'Undo',
    redo: 'Redo',
    clear: 'Clear the selection, close what is open',
    searchBox: 'Go to the search box',
    find: 'Find images like the one pointed at, or like the selection',
    help: 'Show this list',
  },
  notices: {
    label: 'Messages',
    dismiss: 'Dismiss',
    undone: 'Undone.',
    nothingToUndo: 'There is nothing to undo.',
    deviceLost: 'The graphics device was lost and has been restarted; nothing is missing.',
    fallback: 'The graphics device keeps failing. The work goes on with the CPU, more slowly.',
    quotaNear: 'The browser’s storage is nearly full.',
    resumed: 'The unfinished run goes on where it stopped.',
    unfinished: (n: number) =>
      `${count(n, 'image of this project is', 'images of this project are')} not embedded yet. They wait until you let them go on.`,
    missing: (n: number) =>
      `${count(n, 'file', 'files')} could not be read before the tab closed. Drop the folder again to complete the project.`,
    show: 'Show',
    offline: 'Tessera now works without a network too.',
    update: 'A newer version of Tessera is ready.',
    reload: 'Reload',
    embeddingsIn: (n: number) => `${count(n, 'embedding', 'embeddings')} imported.`,
  },
  errors,
  skips,
  skipDetails,
};
