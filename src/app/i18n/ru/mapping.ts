import { createFormat } from '../format';
import type { Mapping } from '../messages';

const f = createFormat('ru');
const images = (n: number): string =>
  `${f.int(n)} ${f.plural(n, { one: 'изображение', few: 'изображения', many: 'изображений', other: 'изображения' })}`;
/** After «из»: genitive. */
const ofImages = (n: number): string =>
  `${f.int(n)} ${f.plural(n, { one: 'изображения', few: 'изображений', many: 'изображений', other: 'изображения' })}`;
const clusters = (n: number): string =>
  `${f.int(n)} ${f.plural(n, { one: 'кластер', few: 'кластера', many: 'кластеров', other: 'кластера' })}`;

export const mapping: Mapping = {
  spaceLabel:
    'Карта всех изображений в пространстве. Стрелки поворачивают её, с Shift сдвигают, плюс и минус меняют масштаб, 0 показывает всё. Список говорит то же словами.',
  overview: 'Обзор: снова показать всё',

  mode: 'Выделение',
  modes: { replace: 'Новое выделение', add: 'Добавить к выделению', subtract: 'Убрать из выделения' },
  modeHints: {
    replace: 'Обведённое становится выделением.',
    add: 'Обведённое добавляется к выделению (или удерживайте Shift).',
    subtract: 'Обведённое убирается из выделения (или удерживайте Alt или Ctrl).',
  },
  pictures: { near: 'Вблизи', always: 'Всегда', never: 'Никогда' },

  layout: {
    label: 'Раскладка',
    method: 'Метод',
    methods: { pca: 'Главные компоненты', umap: 'UMAP', tsne: 't-SNE' },
    about: {
      pca: 'Направления наибольшей изменчивости; сразу. Расстояния значимы.',
      umap: 'Соседи вместе, группы порознь; требует времени.',
      tsne: 'Соседи вместе во многих малых группах; дольше всего.',
    },
    options: {
      neighbours: 'Соседи',
      minDist: 'Наименьшее расстояние',
      perplexity: 'Перплексия',
      seed: 'Зерно',
    },
    space: '3D',
    again: 'Разложить заново',
    againHint: 'Забыть, где лежат изображения, и разложить все вместе.',
    cancel: 'Отменить',
    failed: 'Раскладка не завершилась.',
    meaning: {
      umap: 'UMAP сохраняет соседство: лежащее рядом похоже. Расстояния между группами, их размер и плотность значат мало.',
      tsne: 't-SNE сохраняет соседство: лежащее рядом похоже. Расстояния между группами, их размер и плотность не значат ничего.',
    },
    trust: (trust, recall, k) =>
      `Достоверность (trustworthiness) ${f.decimal(trust, 2)} из 1: среди ${f.int(k)} ближайших изображений ${f.percent(recall)} остаются ближайшими и здесь.`,
    judged: (sample, n) =>
      sample < n
        ? `Оценено на ${f.int(sample)} из ${ofImages(n)}.`
        : `Оценено на всех изображениях (${f.int(n)}).`,
    tooFew: 'Изображений слишком мало, чтобы судить, сохранились ли соседи.',
    neighboursFound: (recall, sample) =>
      `Соседи искались приближённо: найдено ${f.percent(recall)} истинных, измерено на выборке (${images(sample)}).`,
    reduced: (components, share) =>
      `Построено по главным компонентам (${f.int(components)}), в которых ${f.percent(share)} изменчивости.`,
    added: (n) => `Добавлено к этой раскладке позже: ${images(n)}.`,
    short: (method, dims, trust) =>
      trust === null ? `${method}, ${dims}D` : `${method}, ${dims}D, достоверность ${f.decimal(trust, 2)}`,
    shortPca: (share) => `Главные компоненты, 3D (${f.percent(share)})`,
  },

  scoresGroup: 'Показатели',
  columnsGroup: 'Столбцы',
  scores: {
    distance: 'Расстояние до своего центра',
    ratio: 'Расстояние относительно среднего в кластере',
    silhouette: 'Силуэт',
    pixels: 'Размер изображения, мегапиксели',
  },
  sampled: (m) => `Каждый оценён по выборке: ${images(m)}.`,
  making: 'Силуэты',
  range: (low, high) => `от ${low} до ${high}`,
  noCluster: 'Вне кластеров',
  noClusterCount: (n) => `${images(n)} вне кластеров`,
  otherValues: 'Другие значения',

  only: (name, n) => `Показать только ${name}, ${images(n)}`,
  onlyShort: 'Только',
  onlyHint: 'Остальные становятся серыми; с Shift или Ctrl можно показать несколько.',
  filter: 'Фильтр',
  onlyShown: 'Только',
  more: (names, n) => `${names} и ещё ${f.int(n)}`,
  of: (n, all) => `${f.int(n)} из ${ofImages(all)}`,
  selectShown: 'Выбрать',
  clearFilter: 'Снять фильтр',
  showAll: 'Показать всё цветным',
  colouredBy: (title) => `Цвет: ${title}.`,
  filtered: (n, all) => `Показано ${f.int(n)} из ${ofImages(all)}, остальные серые.`,
  greyed: (n) => `${images(n)}, серым`,

  search: 'Поиск на карте',
  searchPlaceholder: 'Поиск  /',
  searchHint: 'Часть имени, столбец:значение, размер:>10, дата:2024-03, #7 — кластер 7',
  found: 'Найдено',
  foundCount: (rows, k) => (k ? `${images(rows)}, ${clusters(k)}` : images(rows)),
  foundNothing: 'Ничего не найдено.',
  foundMore: (n) => `и ещё ${images(n)}`,
  selectFound: (n) => `Выбрать ${images(n)}`,
};
