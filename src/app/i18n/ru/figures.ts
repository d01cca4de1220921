import type { Scaling } from '../../../domain/clustering';
import { createFormat } from '../format';
import type { Figures } from '../messages';

const f = createFormat('ru');
const images = (n: number): string =>
  `${f.int(n)} ${f.plural(n, { one: 'изображение', few: 'изображения', many: 'изображений', other: 'изображения' })}`;
const imagesOf = (n: number): string =>
  `${f.int(n)} ${f.plural(n, { one: 'изображения', other: 'изображений' })}`;

const scalings: Record<Exclude<Scaling, 'none'>, string> = {
  l2: 'строки приведены к длине 1',
  standard: 'столбцы стандартизованы',
  minmax: 'столбцы приведены к 0…1',
};

export const figures: Figures = {
  failed: 'Не удалось загрузить график.',
  again: 'Повторить',
  save: {
    label: (title) => `Сохранить рисунок: ${title}`,
    svg: 'SVG',
    png: 'PNG',
    csv: 'CSV',
    about: {
      svg: 'чертёж с подписью',
      png: 'картинка двойного размера с подписью',
      csv: 'числа',
    },
    onWhite: 'На белом фоне, для статей',
  },
  numbers: {
    label: 'Числа',
    of: (title) => `Числа: ${title}`,
    first: (n) => `Первые строки: ${f.int(n)}. В файле CSV есть все.`,
  },
  curves: {
    inUse: (k) => `k = ${f.int(k)}, сейчас`,
    best: (k) => `k = ${f.int(k)}, лучшее по этому индексу`,
    point: (k, value, error) => `k = ${f.int(k)}: ${value}${error === null ? '' : ` ± ${error}`}`,
  },
  more: 'Другие рисунки',
  tabs: {
    agreement: 'Два разбиения',
    choice: 'Выбор k',
    clusters: 'Кластеры',
    variance: 'Дисперсия',
    time: 'Время',
    about: {
      agreement: 'Два способа разложить одни и те же изображения.',
      choice:
        'Что каждый индекс говорит о числе кластеров. Щёлкните по кривой или нажимайте стрелки, чтобы взять другое k.',
      clusters: 'Насколько велики кластеры и насколько каждое изображение подходит своему.',
      variance: 'Сколько измерений у векторов на самом деле.',
      time: 'Сколько времени занимали расчёты в этом браузере и этого проекта.',
    },
  },
  flow: {
    title: 'Потоки между разбиениями',
    summary: (rows, columns) =>
      `Столбцов слева: ${f.int(rows)}, справа: ${f.int(columns)}; высота полосы — число общих изображений.`,
    band: (row, column, n) => `${row} → ${column}: ${images(n)}`,
    node: (name, n) => `${name}: ${images(n)}`,
    others: (n) => `прочие: ${f.int(n)}`,
    method: (first, second, ari, nmi) =>
      `Слева: ${first}; справа: ${second}. Скорректированный индекс Рэнда ${ari}, нормированная взаимная информация ${nmi}.`,
  },
  sizes: {
    title: (k) => `Изображения в каждом кластере, k = ${f.int(k)}`,
    all: 'Размеры кластеров для каждого k',
    axis: 'кластер',
    bar: (cluster, n) => `${cluster}: ${images(n)}`,
    ofK: (k, n) => `k = ${f.int(k)}: ${images(n)}`,
    cluster: 'кластер',
    equal: 'если бы все были равны',
    range: (k, low, high) => `k = ${f.int(k)}: от ${f.int(low)} до ${imagesOf(high)}`,
  },
  silhouettes: {
    title: (k) => `Силуэты по кластерам, k = ${f.int(k)}`,
    about:
      'Насколько каждое изображение ближе к своему кластеру, чем к соседнему: 1 — глубоко внутри, 0 — на границе, ниже 0 — ближе к другому кластеру.',
    exact: 'Точно, по всем изображениям.',
    sampled: (n) =>
      `Оценка: каждое изображение сравнивается со случайной выборкой из всех кластеров, всего ${f.int(n)}.`,
    axis: 'силуэт',
    mean: (value) => `среднее по всем изображениям, ${value}`,
    band: (cluster, n, mean, negative) =>
      `${cluster}: ${images(n)}, средний силуэт ${mean}${negative === 0 ? '' : `, ниже 0: ${f.int(negative)}`}`,
    selectNegative: (n) => `Выбрать ${images(n)} ближе к другому кластеру`,
    find: 'Вычислить силуэты',
    finding: 'Вычисление силуэтов',
    all: 'Вычислить точно',
  },
  variance: {
    about:
      'Главные компоненты поворачивают векторы так, что первая ось несёт столько дисперсии, сколько может одна ось, вторая — столько, сколько можно из оставшейся, и так далее.',
    find: 'Найти компоненты',
    finding: 'Поиск компонент',
    none: 'У всех изображений один и тот же вектор: объяснять нечего.',
    scree: 'Дисперсия каждой компоненты',
    cumulative: 'Дисперсия первых компонент вместе',
    axis: 'компонента',
    percent: (share) => `${f.decimal(100 * share, share > 0 && share < 0.01 ? 1 : 0)} %`,
    component: (component, share) =>
      `компонента ${f.int(component)}: ${f.decimal(100 * share, 2)} % дисперсии`,
    together: (component, share) =>
      component === 1
        ? `одна первая: ${f.decimal(100 * share, 1)} %`
        : `первые ${f.int(component)}: ${f.decimal(100 * share, 1)} %`,
    levels: (levels, d) => {
      const reached = levels.filter(({ dimensions }) => dimensions !== null);
      if (reached.length === 0)
        return `Найденные компоненты (из ${f.int(d)} чисел) не достигают ни одной из обычных долей.`;
      const parts = reached.map(
        ({ share, dimensions }) => `${f.int(100 * share)} % дисперсии — в ${f.int(dimensions!)}`,
      );
      return `Из ${f.int(d)} чисел на изображение: ${list(parts)}.`;
    },
    chosen: (dimensions) => `Для этих кластеров взято измерений: ${f.int(dimensions)}.`,
    notReduced: 'Для этих кластеров векторы взяты как есть, без снижения размерности.',
    leading: (found, rank) => `Вычислены только первые компоненты: ${f.int(found)} из ${f.int(rank)}.`,
    kept: 'оставлены',
    leftOut: 'отброшены',
    inUse: (dimensions) => `сейчас: ${f.int(dimensions)}`,
    method: 'Метод: главные компоненты ковариации',
    exact: 'Случайного выбора нет.',
  },
  time: {
    title: 'Время в зависимости от объёма',
    about:
      'Каждая точка — расчёт в этом браузере или сохранённый с проектом; каждый цвет — одна и та же работа на одном устройстве в одном браузере.',
    noLaw: 'Линия покажет, как растёт время, когда будет три расчёта разного объёма.',
    none: 'Времени пока нет. Каждое построение кластеров и каждый обработанный набор добавляет точку.',
    axis: 'изображения',
    seconds: 'секунды',
    embedding: (network, engine, device) =>
      `Векторы${network && `, ${network}`}, ${engineName(engine, device)}`,
    clustering: (d, low, high, starts, engine, device) =>
      `Кластеры, чисел: ${f.int(d)}, ${low === high ? `k = ${f.int(low)}` : `k ${f.int(low)}–${f.int(high)}`}, запусков: ${f.int(starts)}, ${engineName(engine, device)}`,
    run: (n, seconds, at, what) =>
      `${images(n)} за ${f.decimal(seconds, seconds < 10 ? 2 : 0)} с\n${what}\n${f.dateTime(at)}`,
    caption: (n, hasLaw) =>
      `Данные: ${f.int(n)} ${f.plural(n, { one: 'расчёт', few: 'расчёта', many: 'расчётов', other: 'расчёта' })} этого браузера по всем проектам и сохранённые с проектом. Метод: время по часам${hasLaw ? '; линии — степенные законы, подобранные наименьшими квадратами в логарифмах' : ''}. Начальное число: своё у каждого расчёта.`,
    elsewhere: (what, browser) => `${what}, другой браузер (${browser})`,
    clear: 'Забыть это время',
    cleared: 'Время забыто.',
  },
  caption: {
    data: (n, project, descriptor) => `Данные: ${images(n)} из «${project}», ${descriptor}.`,
    kmeans: (low, high, starts) =>
      `Метод: k-средних, ${low === high ? `k = ${f.int(low)}` : `k от ${f.int(low)} до ${f.int(high)}`}, лучший из ${f.int(starts)} ${f.plural(starts, { one: 'запуска', other: 'запусков' })}`,
    model: (name) => `Метод: ближайший центр сохранённой модели «${name}».`,
    scaling: (scaling) => scalings[scaling],
    pca: (dimensions) => `размерность снижена методом главных компонент до ${f.int(dimensions)}`,
    scored: (n) => `оценки по случайной выборке из ${imagesOf(n)}`,
    seed: (seed) => `Начальное число: ${seed}.`,
    edited: (clusters) =>
      `Затем исправлено вручную: ${f.int(clusters)} ${f.plural(clusters, { one: 'кластер', few: 'кластера', many: 'кластеров', other: 'кластера' })}.`,
  },
};

function list(parts: string[]): string {
  return new Intl.ListFormat('ru', { type: 'conjunction' }).format(parts);
}

const ENGINES: Record<string, string> = { webgpu: 'ГП', cpu: 'ЦП', wasm: 'ЦП', pixels: 'ЦП' };
function engineName(engine: string, device: string): string {
  const name = ENGINES[engine] ?? engine;
  return device ? `${name} (${device})` : name;
}
