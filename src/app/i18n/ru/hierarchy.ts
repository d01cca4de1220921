import { createFormat } from '../format';
import type { Hierarchy } from '../messages';

const f = createFormat('ru');
const count = (n: number, one: string, few: string, many: string): string =>
  `${f.int(n)} ${f.plural(n, { one, few, many, other: few })}`;
const images = (n: number): string => count(n, 'изображение', 'изображения', 'изображений');
const children = (n: number): string => count(n, 'потомок', 'потомка', 'потомков');

export const hierarchy: Hierarchy = {
  treemap: 'Карта дерева',
  cards: 'Карточки',
  shownAs: 'Вид потомков',
  outline: 'Структура',
  pictures: 'Изображения',
  colourBy: 'Цвет',
  byCluster: (k) => `Кластер, k = ${k}`,
  byClusterNone: 'Кластер',
  shareOfColumn: (column) => `Доля: ${column}`,
  value: 'Значение',
  noValue: '(нет)',
  valueCount: (value, n) => `${value} (${f.int(n)})`,
  scale: (low, high) => `от ${low} до ${high} изображений`,
  figure: (name) => `Карта дерева: ${name}`,
  treemapLabel: (name, n) => `${name}, площадь по числу изображений: ${children(n)}`,
  keys: 'Стрелки — перемещение, Enter — открыть, пробел — выбрать изображения, Backspace — вверх.',
  node: (name, n, fraction) => `${name}: ${images(n)}, ${f.percent(fraction)}`,
  children,
  mostly: (cluster, fraction) => `${f.percent(fraction)} — ${cluster}`,
  withValue: (value, fraction) => `${f.percent(fraction)} со значением ${value}`,
  selected: (n) => `выбрано: ${f.int(n)}`,
  hidden: (nodes, n) => `Слишком малы для рисунка: ${children(nodes)}, ${images(n)}. Они есть в структуре.`,
  outlineLabel: 'Структура дерева',
  expandAll: 'Раскрыть все',
  collapseAll: 'Свернуть все',
  drawn: (name, n) => `${name}, ${images(n)}: площадь по числу изображений, два уровня.`,
  method: ({ column, branching, prepared, nInit, seed }) =>
    [
      `Метод: ${column === null ? 'иерархический метод k-средних' : `k-средних внутри каждого значения ${column}`}`,
      ...(branching === null
        ? []
        : [`не более ${count(branching, 'потомка', 'потомков', 'потомков')} у узла`]),
      ...prepared,
      `лучший из ${count(nInit, 'запуска', 'запусков', 'запусков')}`,
    ].join(', ') + `. Начальное число: ${seed}.`,
  edited:
    'Дерево построено по самим изображениям, и его ветви не меняются, когда кластеры правят вручную. Цвета и кластер большинства изображений узла — по исправленным кластерам.',
  colourCluster: (k) => `Цвет: кластер, в котором больше всего изображений (k = ${k}).`,
  colourShare: (column, value) => `Цвет: доля ${column} = ${value}.`,
};
