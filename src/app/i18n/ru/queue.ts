import type { SetState } from '../../state/queue-items';
import { createFormat } from '../format';
import type { Queue } from '../messages';

const f = createFormat('ru');
const count = (n: number, one: string, few: string, many: string): string =>
  `${f.int(n)} ${f.plural(n, { one, few, many, other: many })}`;
const images = (n: number): string => count(n, 'изображение', 'изображения', 'изображений');

const states: Record<SetState, string> = {
  embedding: 'Анализ снимков',
  clustering: 'Кластеризация',
  reading: 'Ждёт, файлы читаются',
  waiting: 'Ждёт',
  paused: 'Пауза',
  failed: 'Отложен',
  embedded: 'Снимки обработаны',
  done: 'Готов',
};

export const queue: Queue = {
  title: 'Очередь',
  label: (done, all) => `Очередь: готово ${f.int(done)} из ${f.int(all)}`,
  text: 'Наборы анализируются и делятся на кластеры один за другим. Тем временем можно смотреть любой проект.',
  states,
  images,
  of: (done, all) => `${f.int(done)} из ${count(all, 'файла', 'файлов', 'файлов')}`,
  left: (seconds) => `осталось около ${f.duration(seconds)}`,
  all: (seconds) => `Все наборы: осталось около ${f.duration(seconds)}`,
  missing: (n) =>
    `Ещё не ${f.plural(n, { one: 'прочитан', other: 'прочитано' })} ${count(n, 'файл', 'файла', 'файлов')}: откройте проект и перетащите папку снова.`,
  up: (name) => `Поднять «${name}»`,
  down: (name) => `Опустить «${name}»`,
  drag: 'Перетащите на другое место',
  pause: (name) => `Приостановить «${name}»: пойдёт следующий`,
  resume: (name) => `Продолжить «${name}»`,
  remove: (name) => `Убрать «${name}» из очереди`,
  removed: (name) => `«${name}» убран из очереди. Всё, что в нём есть, остаётся.`,
  moved: (name, place, all) => `«${name}»: место ${f.int(place)} из ${f.int(all)}.`,
  open: 'Открыть',
  openNamed: (name) => `Открыть «${name}»`,
  pauseAll: 'Приостановить все',
  resumeAll: 'Продолжить все',
  full: (out) =>
    'Хранилище браузера заполнено, поэтому все наборы приостановлены. Всё сохранённое остаётся. Удалите проект или освободите место на диске, затем продолжите все.' +
    (out.length > 0
      ? ` Ещё не в очереди: ${out.map((name) => `«${name}»`).join(', ')}. До тех пор не закрывайте эту вкладку.`
      : ''),
  pausedFull: 'Пауза: хранилище заполнено',
  notIn: 'Ещё не в очереди: не хватило места. Набор войдёт в неё, когда вы продолжите все.',
  given: (files) => count(files, 'файл', 'файла', 'файлов'),
  leave: (name) => `Отказаться от «${name}»`,
  clear: 'Убрать готовые',
  ahead: (n) =>
    n === 0 ? 'Следующий в очереди' : `В очереди: перед ним ${count(n, 'набор', 'набора', 'наборов')}`,
  elsewhere: 'Очередью занимается другая вкладка. Когда она закроется, работа продолжится здесь.',
  ready: (name, n) => `«${name}» готов: ${images(n)}.`,
  setAside: (name, why) => `«${name}» отложен. ${why}`,
  allReady: (finished, aside) =>
    `${f.plural(finished, { one: 'Готов', other: 'Готово' })} ${count(finished, 'набор', 'набора', 'наборов')}` +
    (aside > 0 ? `, отложено ${f.int(aside)}: см. очередь.` : '.'),
  ask: (folders) => `Наборов здесь: ${f.int(folders)}. Один проект или по одному на каждый?`,
  each: (n) => `${count(n, 'проект', 'проекта', 'проектов')} один за другим`,
  one: 'Один проект',
  into: (name) => `Всё в «${name}»`,
  added: (n) => `${count(n, 'набор', 'набора', 'наборов')} в очереди.`,
  newSet: 'Отдельным набором',
  newSetFiles: 'Файлы отдельным набором…',
  newSetFolder: 'Папку отдельным набором…',
  rest: 'Прочие файлы',
  offered: 'Ещё в этой папке',
  offers: {
    records: 'В этой папке есть файл записей с изображениями.',
    sheet: 'В этой папке есть таблица.',
    urls: 'В этой папке есть список адресов изображений.',
    descriptors: 'В этой папке есть векторы другой программы.',
    project: 'В этой папке есть файл проекта.',
  },
  lookAt: 'Посмотреть…',
  leaveOut: 'Не брать',
};
