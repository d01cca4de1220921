import type { SetState } from '../../state/queue-items';
import { createFormat } from '../format';

const f = createFormat('en');
const count = (n: number, one: string, other: string): string => `${f.int(n)} ${f.plural(n, { one, other })}`;

const states: Record<SetState, string> = {
  embedding: 'Embedding',
  clustering: 'Clustering',
  reading: 'Waiting, being read',
  waiting: 'Waiting',
  paused: 'Paused',
  failed: 'Set aside',
  embedded: 'Embedded',
  done: 'Ready',
};

export const queue = {
  title: 'Queue',
  label: (done: number, all: number) => `Queue: ${f.int(done)} of ${f.int(all)} ready`,
  text: 'One set after the other is embedded and clustered. You can look at any project meanwhile.',
  states,
  images: (n: number) => count(n, 'image', 'images'),
  of: (done: number, all: number) => `${f.int(done)} of ${count(all, 'file', 'files')}`,
  left: (seconds: number) => `about ${f.duration(seconds)} left`,
  all: (seconds: number) => `All sets: about ${f.duration(seconds)} left`,
  missing: (n: number) =>
    `${count(n, 'file was', 'files were')} not read yet: open the project and drop the folder again.`,
  up: (name: string) => `Move “${name}” up`,
  down: (name: string) => `Move “${name}” down`,
  drag: 'Drag to another place',
  pause: (name: string) => `Pause “${name}”: the next one goes on`,
  resume: (name: string) => `Let “${name}” go on`,
  remove: (name: string) => `Take “${name}” out of the queue`,
  removed: (name: string) => `“${name}” is out of the queue. What is there of it stays.`,
  moved: (name: string, place: number, all: number) =>
    `“${name}” is number ${f.int(place)} of ${f.int(all)}.`,
  open: 'Open',
  openNamed: (name: string) => `Open “${name}”`,
  pauseAll: 'Pause all',
  resumeAll: 'Let all go on',
  full: (out: readonly string[]) =>
    'The browser’s storage is full, so all sets are paused. What is stored is kept. Delete a project or free disk space, then let all go on.' +
    (out.length > 0
      ? ` Not in the queue yet: ${out.map((name) => `“${name}”`).join(', ')}. Keep this tab open until then.`
      : ''),
  pausedFull: 'Paused: storage is full',
  notIn: 'Not in the queue yet: there was no space. It comes in when you let all go on.',
  given: (files: number) => count(files, 'file', 'files'),
  leave: (name: string) => `Do without “${name}”`,
  clear: 'Clear the finished ones',
  ahead: (n: number) =>
    n === 0 ? 'Next in the queue' : `In the queue: ${count(n, 'set', 'sets')} before it`,
  elsewhere: 'The queue is being worked on in another tab. When that tab is closed, it goes on here.',
  ready: (name: string, images: number) => `“${name}” is ready: ${count(images, 'image', 'images')}.`,
  setAside: (name: string, why: string) => `“${name}” was set aside. ${why}`,
  allReady: (finished: number, aside: number) =>
    `${count(finished, 'set is', 'sets are')} ready` +
    (aside > 0 ? `, ${f.int(aside)} set aside: see the queue.` : '.'),
  ask: (folders: number) => `${count(folders, 'set', 'sets')} in this drop. One project, or one each?`,
  each: (n: number) => `${count(n, 'project', 'projects')}, one behind the other`,
  one: 'One project',
  into: (name: string) => `All into “${name}”`,
  added: (n: number) => `${count(n, 'set', 'sets')} in the queue.`,
  newSet: 'As a set of its own',
  newSetFiles: 'Files as a new set…',
  newSetFolder: 'Folder as a new set…',
  rest: 'Other files',
  offered: 'Also in this folder',
  offers: {
    records: 'A file with images in its records is in this folder.',
    sheet: 'A table is in this folder.',
    urls: 'A list of addresses of images is in this folder.',
    descriptors: 'Vectors of another tool are in this folder.',
    project: 'A project file is in this folder.',
  },
  lookAt: 'Look at it…',
  leaveOut: 'Leave it out',
};
