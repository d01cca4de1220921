import { createFormat } from '../format';
import type { ImageSearch } from '../messages';

const f = createFormat('ru');
const count = (n: number, one: string, few: string, many: string): string =>
  `${f.int(n)} ${f.plural(n, { one, few, many, other: many })}`;
const images = (n: number): string => count(n, 'изображение', 'изображения', 'изображений');
const ofImages = (n: number): string => count(n, 'изображения', 'изображений', 'изображений');

export const imageSearch: ImageSearch = {
  title: 'Поиск по изображению',
  none: 'Поиск по картинке',
  noneText:
    'Перетащите или вставьте картинку, выберите файл или отметьте изображения проекта: самые похожие окажутся первыми.',
  choose: 'Выбрать картинку…',
  bySelection: (n) =>
    `Искать по ${count(n, 'выбранному изображению', 'выбранным изображениям', 'выбранным изображениям')}`,
  subject: 'Образец',
  ofProject: 'изображение этого проекта',
  mean: (n) => `среднее ${ofImages(n)}`,
  outside: 'картинка не из проекта',
  fromFile:
    'Векторы этого проекта взяты из файла, и сети, которая вычислила бы вектор новой картинки, здесь нет. Ищите по изображению из проекта.',
  skipped: (reason) => `По этой картинке искать нельзя: ${reason}.`,
  embedding: 'Картинка обрабатывается…',
  searching: 'Сравнение',
  metric: 'Расстояние',
  euclidean: 'евклидово',
  cosine: 'косинусное',
  count: 'Изображений',
  within: 'Не дальше',
  withinAny: 'любое',
  lastShown: 'До последнего показанного',
  selectWithin: (n) => `Выбрать в этих пределах: ${f.int(n)}`,
  selectShown: (n) => `Выбрать показанные: ${f.int(n)}`,
  results: 'Ближайшие изображения',
  range: (from, to, n) => `${f.int(from)}–${f.int(to)} из ${ofImages(n)}`,
  previous: 'Ближе',
  next: 'Дальше',
  exact: (metric, n, engine) =>
    `Точно: ${metric} расстояние между векторами в том виде, в каком они сохранены, без масштабирования и PCA кластеризации; сравнено: ${images(n)}; вычислено на ${engine}.`,
  engines: { webgpu: 'графическом процессоре', cpu: 'центральном процессоре' },
  nothing: 'Сравнивать не с чем',
  nothingText: 'У изображения ещё нет вектора, или оно единственное.',
  noneWithin: 'Настолько близких изображений нет.',
  more: 'Ещё…',
  ask: (name) => `Что сделать с «${name}»?`,
  askText: 'По картинке можно искать, не добавляя её в проект.',
  search: 'Искать по ней',
  add: (name) => `Добавить в «${name}»`,
};
