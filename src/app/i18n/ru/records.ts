import { createFormat } from '../format';
import type { Records } from '../messages';

const f = createFormat('ru');
const count = (n: number, one: string, few: string, many: string, other: string): string =>
  `${f.int(n)} ${f.plural(n, { one, few, many, other })}`;
const all = (n: number): string => count(n, 'запись', 'записи', 'записей', 'записи');
const images = (n: number): string => count(n, 'изображение', 'изображения', 'изображений', 'изображения');

export const records: Records = {
  shapes: {
    array: () => 'Список записей',
    object: (path) => `Записи в поле «${path}»`,
    search: () => 'Ответ на поиск Elasticsearch',
    lines: () => 'По записи в строке (NDJSON)',
    elasticdump: () => 'Документы Elasticsearch, по одному в строке (elasticdump)',
    bulk: () => 'Пакетные запросы Elasticsearch (NDJSON)',
  },
  looking: 'Чтение первых записей…',
  records: (n, exact) => `${exact ? '' : 'примерно '}${all(n)}`,
  field: 'Поле с изображением (base64)',
  suggested: 'содержит изображения',
  preview: 'Первые изображения этого поля',
  found: (found, looked) =>
    `Изображение здесь есть у ${f.int(found)} из первых записей (просмотрено: ${f.int(looked)}); записи без него перечислены среди пропущенных, с номером строки.`,
  wrongField: (field, looked) =>
    `В поле «${field}» нет изображений (просмотрено записей: ${f.int(looked)}). Выберите поле с текстом изображения в base64.`,
  columns: 'Всё остальное станет столбцами',
  columnsNone: 'Больше в записях ничего нет.',
  more: (n) => `и ещё ${f.int(n)}`,
  into: 'Куда',
  add: (project) => `Добавить в «${project}»`,
  new: (name) => `Новый проект «${name}»`,
  take: (n, exact) => `Взять ${exact ? '' : 'примерно '}${images(n)}`,
};
