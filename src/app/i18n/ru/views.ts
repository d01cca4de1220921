import type { AnalysisProgress } from '../../../domain/progress';
import type { Criterion, Structure } from '../../widgets/k-verdict';
import { createFormat } from '../format';
import type { Views } from '../messages';

const f = createFormat('ru');
const significant = new Intl.NumberFormat('ru', { minimumSignificantDigits: 3, maximumSignificantDigits: 3 })
  .format;
/** Two decimals, and no minus before a zero. */
const score = new Intl.NumberFormat('ru', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  signDisplay: 'negative',
}).format;
/** Unlike a share, a ratio may pass 100 %. */
const ratioPercent = new Intl.NumberFormat('ru', { style: 'percent', maximumFractionDigits: 0 }).format;
const images = (n: number): string =>
  `${f.int(n)} ${f.plural(n, { one: 'изображение', few: 'изображения', many: 'изображений', other: 'изображения' })}`;
/** After "из": genitive. */
const ofImages = (n: number): string =>
  `${f.int(n)} ${f.plural(n, { one: 'изображения', few: 'изображений', many: 'изображений', other: 'изображения' })}`;
const clusters = (n: number): string =>
  `${f.int(n)} ${f.plural(n, { one: 'кластер', few: 'кластера', many: 'кластеров', other: 'кластера' })}`;
const left = (seconds: number | null): string =>
  seconds === null ? '' : `, осталось около ${f.duration(seconds)}`;

const criteria: Record<Criterion, string> = {
  calinskiHarabasz: 'Калинский-Харабаш',
  daviesBouldin: 'Дэвис-Болдин',
  elbow: 'локоть',
};
const stages: Record<AnalysisProgress['stage'], string> = {
  load: 'Чтение векторов',
  pca: 'Расчёт карты',
  kmeans: 'Построение кластеров',
  silhouette: 'Оценка кластеров',
  neighbours: 'Поиск ближайших соседей',
  layout: 'Раскладка карты',
  quality: 'Оценка карты',
};
const structures: Record<Structure, string> = {
  strong: 'кластеры ясно разделены',
  reasonable: 'кластеры разделены неплохо',
  weak: 'кластеры пересекаются; проверьте их глазами',
  none: 'разделения почти нет; кластеры годятся лишь для просмотра',
};

export const views: Views = {
  images,
  cluster: (number) => `Кластер ${number}`,
  percent: f.percent,
  int: f.int,
  number: (n) => significant(n),
  timesSign: (width, height) => `${f.int(width)} × ${f.int(height)} пкс`,
  retry: 'Повторить',
  close: 'Закрыть',
  working: ({ stage, fraction, secondsLeft }) =>
    `${stages[stage]}: ${f.percent(fraction)}${left(secondsLeft)}`,

  state: {
    noImages: 'Изображений пока нет',
    noImagesText: 'Перетащите изображения или папку в любое место этого окна.',
    reading: 'Читаются первые изображения',
    readingText: 'Они появятся здесь, как только будут готовы.',
    noClusters: 'Кластеров пока нет',
    noClustersText: 'Кластеры строятся сами, когда готовы первые изображения.',
    analysing: 'Идёт анализ',
    failed: 'Анализ не завершён',
    failedText: 'Изображения и всё, что по ним рассчитано, сохранены.',
    noCluster: (number) => `Кластера ${number} сейчас нет`,
    noClusterText: 'С тех пор как эта страница открыта, число кластеров изменилось.',
    allClusters: 'Все кластеры',
  },

  map: {
    title: 'Карта',
    label:
      'Карта всех изображений. Стрелки сдвигают её, плюс и минус меняют масштаб, 0 показывает всё. Список говорит то же словами.',
    tools: 'Указатель',
    pan: 'Сдвиг',
    lasso: 'Лассо',
    box: 'Прямоугольник',
    view: 'Вид',
    fit: 'Показать всё',
    zoomIn: 'Приблизить',
    zoomOut: 'Отдалить',
    pictures: 'Картинки вместо точек',
    list: 'Список',
    listLabel: 'Карта в виде списка',
    legend: 'Легенда',
    colourBy: 'Цвет',
    byCluster: 'Кластер',
    byFolder: 'Папка',
    byLevel: (level) => `Папка, уровень ${level}`,
    bySplit: 'Часть набора (train, test…)',
    byClass: 'Класс (самая вложенная папка)',
    topFolder: '(без папки)',
    others: (n) => `Прочие: ${images(n)}`,
    pending: (n) => `${images(n)} ещё вне кластеров`,
    axis: (number, share) => (share === undefined ? `ГК ${number}` : `ГК ${number} (${f.percent(share)})`),
    honesty: (share) =>
      `Карта сохраняет ${f.percent(share)} изменчивости: близкие здесь изображения могут всё же различаться.`,
    distance: (d) => `расстояние до центра ${significant(d)}`,
    lostTitle: 'Карта остановилась',
    lostText: 'Графическое устройство не отвечает. Список показывает то же, что и карта.',
    noWebgl: 'Карту здесь нельзя нарисовать',
    noWebglText: 'WebGL 2 в этом браузере отсутствует или отключён. Список показывает то же, что и карта.',
    selectCluster: (number, n) => `Выбрать кластер ${number}, ${images(n)}`,
    selectCategory: (value, n) => `Выбрать ${value}, ${images(n)}`,
    hint: 'Shift добавляет, Ctrl убирает.',
  },

  gallery: {
    noThumbnail: 'нет миниатюры',
    empty: 'Здесь нет изображений.',
  },

  detail: {
    enlarge: 'Показать крупно',
    title: 'Изображение',
    previous: 'Предыдущее изображение',
    next: 'Следующее изображение',
    select: 'Выбрать',
    deselect: 'Снять выбор',
    path: 'Файл',
    folder: 'Папка',
    level: (level) => `Уровень ${level}`,
    size: 'Размер',
    cluster: 'Кластер',
    noCluster: 'ещё вне кластеров',
    distance: 'До центра',
    duplicates: 'Те же байты',
    small: 'Оригинал здесь показать нельзя, поэтому это миниатюра.',
    position: (index, n) => `${f.int(index + 1)} из ${f.int(n)}`,
    similar: 'Самые похожие',
    similarFailed: 'Сейчас похожие изображения найти не удалось.',
    similarNone: 'Других изображений пока нет.',
    selectSimilar: 'Выбрать их',
  },

  inspector: {
    label: 'Выбор',
    selected: (n) => `Выбрано: ${f.int(n)}`,
    all: (n) => `Всего ${images(n)}`,
    clear: 'Снять',
    save: 'Сохранить изображения',
    selectCluster: (number) => `Выбрать кластер ${number}`,
    byCluster: 'По кластерам',
    more: (n) => `и ещё ${clusters(n)}`,
    pointAt: 'Наведите указатель на изображение, чтобы увидеть его здесь.',
  },

  clusters: {
    title: 'Кластеры',
    summary: (k, n) => `${clusters(k)}, ${images(n)}`,
    share: (n, fraction) => `${images(n)}, ${f.percent(fraction)}`,
    mean: 'Среднее изображение',
    meanOf: (of, n) =>
      of < n
        ? `Среднее по ${f.int(of)} из ${ofImages(n)}, взятых равномерно`
        : `Среднее по всем, ${images(n)}`,
    meanFailed: 'Среднее изображение рассчитать не удалось.',
    medoid: 'Самое типичное',
    medoidText: 'ближайшее к центру изображение',
    select: 'Выбрать',
    back: 'Все кластеры',
    previous: 'Предыдущий кластер',
    next: 'Следующий кластер',
    selectAll: 'Выбрать все',
    save: 'Сохранить изображения',
    name: 'Название',
    namePlaceholder: 'Дайте название',
    note: 'Заметка',
    notePlaceholder: 'Что в нём? Что нужно проверить?',
    spread: 'Разброс',
    spreadCompared: (ratio) =>
      ratio < 0.9
        ? `Плотнее среднего кластера (${ratioPercent(ratio)} его среднего расстояния).`
        : ratio > 1.1
          ? `Рыхлее среднего кластера (${ratioPercent(ratio)} его среднего расстояния).`
          : 'Примерно так же плотен, как средний кластер.',
    nearest: 'Ближайшие кластеры',
    nearestText: (d) => `${significant(d)} между центрами`,
    nearestNone: 'Других кластеров нет.',
    strip: 'От типичного к необычному',
    bandTypical: 'Типичные',
    bandBorderline: 'Пограничные',
    bandOutliers: 'Выбросы',
    bandTypicalText: 'ближе всего к центру',
    bandBorderlineText: 'дальняя четверть',
    bandOutliersText: (n, fence) =>
      n
        ? `${images(n)} дальше ${significant(fence)} (верхний квартиль + 1,5 межквартильного размаха)`
        : 'ни одно изображение не лежит необычно далеко',
    bandNone: 'нет',
    members: 'Все изображения',
    order: 'Порядок',
    nearFirst: 'Сначала близкие',
    farFirst: 'Сначала дальние',
  },

  k: {
    label: 'Число кластеров',
    k: 'Число кластеров, k',
    value: (k) => `k = ${k}`,
    clustersAt: (k, silhouette) => `${clusters(k)}, силуэт ${silhouette}`,
    score: (value) => (Number.isFinite(value) ? score(value) : '–'),
    precise: (value) => (Number.isFinite(value) ? f.decimal(value, 4) : '–'),
    large: (value) => (Number.isFinite(value) ? significant(value) : '–'),
    chosen: (k, runnerUp, tie) =>
      runnerUp === null
        ? `Лучший силуэт: k = ${k}.`
        : tie
          ? `Лучший силуэт: k = ${k}; ${runnerUp} не хуже в пределах погрешности.`
          : `Лучший силуэт: k = ${k}, затем ${runnerUp}.`,
    agree: (names) => (names.length ? `${capital(list(names.map((name) => criteria[name])))} за то же.` : ''),
    disagree: (others) =>
      others.length
        ? `${capital(list(others.map(({ criterion, k }) => `${criteria[criterion]} за ${k}`)))}: смотрите на изображения.`
        : '',
    reading: (silhouette, structure) => `Силуэт ${score(silhouette)}: ${structures[structure]}.`,
    use: (k) => `Взять ${k}`,
    more: 'Кривые',
    expand: 'Показать кривые полностью',
    collapse: 'Скрыть кривые',
    silhouette: 'Силуэт',
    silhouetteAbout:
      'От −1 до 1, больше лучше. Насколько изображения ближе к своему кластеру, чем к соседнему.',
    silhouetteSample: (m, n) =>
      m < n
        ? `Оценка по ${f.int(m)} из ${ofImages(n)}; полоса показывает стандартную ошибку.`
        : `Точное значение: ${images(n)}.`,
    elbow: 'Локоть (инерция)',
    elbowAbout: 'От 0, меньше значит плотнее, и она всегда падает с ростом k: ищите перегиб, а не минимум.',
    calinski: 'Калинский-Харабаш',
    calinskiAbout:
      'От 0, больше лучше. Отношение разделения к разбросу; любит круглые кластеры близкого размера.',
    davies: 'Дэвис-Болдин',
    daviesAbout: 'От 0, меньше лучше. Насколько каждый кластер похож на ближайшего соседа.',
    table: 'Все оценки таблицей',
    inertia: 'Инерция',
    error: 'Стандартная ошибка',
    saveCsv: 'Оценки в CSV',
    chart: (title, low, high, k, value) => `${title} для k от ${low} до ${high}. При k = ${k}: ${value}.`,
    engine: (engine, adapter, seconds) =>
      engine === 'webgpu'
        ? `k-средних на графическом процессоре (${adapter}), ${f.duration(seconds)}.`
        : `k-средних на центральном процессоре, ${f.duration(seconds)}.`,
    memory: (rows, gpu) =>
      gpu > 0
        ? `Не более ${f.bytes(gpu)} на графическом процессоре и ${f.bytes(rows)} помимо него.`
        : `Не более ${f.bytes(rows)} памяти.`,
    scoredRows: (scored, n) =>
      `Данные не помещаются в память целиком: подбор мини-пакетами. Инерция — по всем изображениям (${f.int(n)}), остальные оценки — по случайным (${f.int(scored)}).`,
    waiting: 'k выбирается, когда изображения собраны в кластеры.',
  },
};

function list(parts: string[]): string {
  return new Intl.ListFormat('ru', { type: 'conjunction' }).format(parts);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
