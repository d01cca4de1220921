import type { LayoutProblem } from '../../../exports/contact-sheet/layout';
import { createFormat } from '../format';
import type { ClusterPage } from '../messages';

const f = createFormat('ru');
const significant = new Intl.NumberFormat('ru', { maximumSignificantDigits: 3 }).format;
const score = new Intl.NumberFormat('ru', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  signDisplay: 'negative',
}).format;
const images = (n: number): string =>
  `${f.int(n)} ${f.plural(n, { one: 'изображение', few: 'изображения', many: 'изображений', other: 'изображения' })}`;
/** After "из", "от", "с": genitive. */
const ofImages = (n: number): string =>
  `${f.int(n)} ${f.plural(n, { one: 'изображения', few: 'изображений', many: 'изображений', other: 'изображения' })}`;
const clusters = (n: number): string =>
  `${f.int(n)} ${f.plural(n, { one: 'кластер', few: 'кластера', many: 'кластеров', other: 'кластера' })}`;
const pages = (n: number): string =>
  `${f.int(n)} ${f.plural(n, { one: 'страница', few: 'страницы', many: 'страниц', other: 'страницы' })}`;

const problems: Record<LayoutProblem, string> = {
  'page-small': 'Страница не меньше 200 пикселей по каждой стороне.',
  'page-large':
    'Такую большую страницу не нарисует ни один браузер: выберите меньше точек на дюйм или меньше пикселей.',
  'cells-small': 'Картинки были бы слишком малы: выберите меньше картинок в ряду или страницу больше.',
};

export const clusterPage: ClusterPage = {
  pixels: {
    label: 'Все картинки в одной',
    mean: 'Среднее',
    median: 'Медиана',
    spread: 'Разброс',
    made: (which, of, asked) =>
      `${{ mean: 'Среднее', median: 'Медиана', spread: 'Стандартное отклонение' }[which]} ${of < asked ? `${f.int(of)} из ` : ''}${ofImages(asked)}`,
    drawn: 'взятых равномерно',
    failed: (n) => `Без файла здесь и пропущено: ${images(n)}`,
    spreadText: (value) => `Белый – наибольшее возможное (127,5 из 255); в среднем ${significant(value)}.`,
    aligned: 'Пиксель за пикселем, по центру, обрезаны до медианного формата.',
    originals: 'По исходным файлам',
    none: 'Ни одной из этих картинок здесь нет.',
    busy: 'Наложение картинок',
  },
  medoid: {
    title: 'Медоид',
    exact: (distance) => `наименьшее среднее расстояние до остальных (${significant(distance)})`,
    sampled: (distance, m) =>
      `среднее расстояние до остальных ${significant(distance)}; найден с помощью ${ofImages(m)} кластера`,
    waiting: 'ближайшее к центру изображение, пока медоид не найден',
  },
  numbers: {
    title: 'Числа',
    size: 'Изображений',
    mean: 'Среднее расстояние',
    high: '95-й процентиль',
    far: 'Самое далёкое',
    distances: 'до центра, в единицах дескриптора',
    silhouette: 'Силуэт',
    silhouetteOf: (mean) => score(mean),
    silhouetteText:
      'От −1 до 1, больше – лучше: насколько изображения ближе к своему кластеру, чем к следующему.',
    negative: (n, of) =>
      n === 0
        ? 'Каждое изображение ближе к своему кластеру, чем к любому другому.'
        : `В среднем ближе к другому кластеру: ${f.int(n)} из ${ofImages(of)}.`,
    exact: 'Точно, сравнены все изображения.',
    sampled: (m) => `Оценка: каждое изображение сравнено с ${f.int(m)}, взятыми из всех кластеров.`,
    makeExact: 'Вычислить точно',
    busy: 'Силуэты',
    again: 'Попробовать снова',
    profile: 'Силуэты изображений, от высшего к низшему',
  },
  strip: {
    borderline: (cluster, gap) => `${cluster} дальше всего на ${significant(gap)}`,
    crossed: (cluster, gap) => `${cluster} ближе на ${significant(gap)}`,
    borderlineText: 'следующий центр едва ли дальше своего',
    next: (cluster) => `Следующий: ${cluster}`,
  },
  order: { border: 'Сначала пограничные' },
  show: { label: 'Показать', images: 'Изображения', list: 'Список', columns: 'Столбцы' },
  list: {
    label: 'Изображения кластера и всё, что о них известно',
    file: 'Файл',
    distance: 'Расстояние',
    silhouette: 'Силуэт',
    next: 'Следующий кластер',
  },
  contrast: {
    none: 'Об изображениях не известно ничего, кроме пикселей: добавьте таблицу или папки.',
    here: 'этот кластер',
    rest: 'все остальные',
    caption: (column, here, rest, cluster, rule) =>
      `${column}: доля среди ${ofImages(here)} (${cluster}) и среди ${ofImages(rest)} остальных кластеров, у которых есть значение. ${rule}`,
    over: (values) => `Встречается чаще: ${values.join(', ')}.`,
    nothingOver: 'Ни одно значение не встречается чаще, чем у остальных.',
    value: (name, ratio) => `${name} (чаще в ${significant(ratio)} раза)`,
    onlyHere: (name) => `${name} (только здесь)`,
    test: (rate) =>
      `Чаще обычного: точный критерий Фишера, двусторонний, доля ложных открытий не выше ${f.percent(rate)} (Бенджамини-Хохберг).`,
    medians: (here, rest) => `Медиана ${here}; у остальных ${rest}.`,
    others: (n) =>
      `${f.int(n)} ${f.plural(n, { one: 'другое значение', few: 'других значения', many: 'других значений', other: 'другого значения' })}`,
    ordered: 'Столбцы, которые больше всего отличаются от остальных кластеров, идут первыми.',
    more: (n) =>
      `${f.int(n)} ${f.plural(n, { one: 'столбец', few: 'столбца', many: 'столбцов', other: 'столбца' })} ещё`,
  },
  sheet: {
    action: 'Контактный лист…',
    title: 'Контактный лист',
    about: 'Страницы картинок с подписями на выбор, в PNG: кластера, выделения или всех кластеров.',
    what: 'Изображения',
    ofCluster: (name, n) => `${name}, ${images(n)}`,
    ofSelection: (n) => `Выделение, ${images(n)}`,
    ofClusters: (k, n) => `Все, ${clusters(k)}, ${images(n)}`,
    order: 'Порядок',
    orders: {
      near: 'Сначала ближайшие к центру',
      far: 'Сначала дальние от центра',
      row: 'Как поступили',
    },
    most: 'Не больше, из каждого',
    mostAll: 'все',
    page: 'Страница',
    pixels: 'В пикселях',
    landscape: 'Альбомная',
    dpi: 'Точек на дюйм',
    width: 'Ширина',
    height: 'Высота',
    columns: 'Картинок в ряду',
    fit: 'Картинки',
    fits: { whole: 'Целиком', crop: 'Обрезаны до квадрата' },
    captions: 'Подписи',
    captionFields: {
      name: 'Имя файла',
      path: 'Путь',
      cluster: 'Кластер',
      distance: 'Расстояние',
      size: 'Размер в пикселях',
    },
    distanceOf: (distance) => `d = ${significant(distance)}`,
    save: 'Сохранить',
    asZip: 'ZIP с PNG',
    asFolder: 'PNG в папку',
    format: 'В виде',
    summary: (n, pictures, width, height) =>
      `${pages(n)}, ${images(pictures)}, ${f.int(width)} × ${f.int(height)} пкс`,
    preview: 'Просмотр страницы 1',
    previewBusy: 'Рисуется просмотр',
    previewFailed: 'Просмотр нарисовать не удалось.',
    nothing: 'Не выбрано ни одного изображения.',
    problems,
    busy: 'Рисуются страницы',
    saved: (file) => `Сохранено: ${file}.`,
    savedPages: (n) => `Сохранено: ${pages(n)}.`,
    missing: (n) => `Без файла здесь: ${images(n)}; вместо каждого серый квадрат.`,
    none: 'нет картинки',
    heading: (name, n) => `${name} · ${images(n)}`,
    footer: (project, how, order) => `${project} · ${how} · ${order}`,
    kmeans: (k, seed, descriptor) => `k-средних, k = ${k}, зерно ${seed}, ${descriptor}`,
    model: (k, name) => `метки модели «${name}», k = ${k}`,
    unclustered: 'без кластеров',
    pageOf: (page, all) => `${f.int(page)} / ${f.int(all)}`,
    file: (subject) => `контактный лист ${subject}`,
    selection: 'Выделение',
  },
};
