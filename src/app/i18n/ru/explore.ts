import { calendarFormat } from '../calendar-format';
import { createFormat } from '../format';
import type { Explore } from '../messages';

const f = createFormat('ru');
const count = (n: number, one: string, few: string, many: string): string =>
  `${f.int(n)} ${f.plural(n, { one, few, many, other: few })}`;
const images = (n: number): string =>
  n === 0 ? 'нет изображений' : count(n, 'изображение', 'изображения', 'изображений');
/** After «из» and «среди»: genitive. */
const ofImages = (n: number): string => count(n, 'изображения', 'изображений', 'изображений');
const share = (fraction: number): string => `${f.decimal(100 * fraction, 1)} %`;
const significant = new Intl.NumberFormat('ru', { maximumSignificantDigits: 2 }).format;

export const explore: Explore = {
  title: 'Обзор',
  tabs: 'Части обзора',
  tab: { means: 'Средние изображения', distributions: 'Распределения', groupings: 'Группировки' },
  calendar: calendarFormat('ru'),
  range: (low, high) => `${low} – ${high}`,
  others: (n) => count(n, 'другое', 'других', 'других'),
  cut: {
    ranges: (column) => `${column}, по интервалам`,
    quantiles: (column) => `${column}, равными долями`,
    year: (column) => `${column}, по годам`,
    month: (column) => `${column}, по месяцам`,
    day: (column) => `${column}, по дням`,
  },
  by: 'По столбцу',
  most: 'Показывать значений',
  largest: (n) => `${n} крупнейших`,
  corner: (column) => `Кластер ↓ · ${column} →`,
  clusterOrder: 'Кластеры по',
  clusterOrders: { count: 'размеру', name: 'номеру' },
  valueOrder: 'Значения по',
  valueOrders: { count: 'размеру', name: 'имени' },
  noColumns: 'Эти изображения пока ничем не сгруппированы',
  noColumnsText:
    'Все лежат в одной папке, и ни в одном столбце значения не повторяются. Перетащите сюда таблицу (CSV, JSON, Parquet), которая говорит о них больше.',

  means: {
    label: 'Средние изображения',
    save: 'Сохранить сетку',
    drawing: 'Вычисление средних изображений',
    figure: (column) => `Средние изображения: кластер и ${column}`,
    files: {
      svg: 'рисунок с чётким текстом и подписью',
      png: 'рисунок двойного размера с подписью',
      csv: 'числа изображений',
    },
    all: 'Все',
    cell: (cluster, value, n) => `${cluster}, ${value}: ${images(n)}`,
    about:
      'Попиксельное среднее миниатюр, наложенных центрами друг на друга и обрезанных до квадрата; если изображений больше 2000, берутся 2000, распределённых равномерно.',
  },

  timeline: {
    column: 'Даты',
    from: 'С',
    to: 'По',
    all: 'Все даты',
    hint: 'Протяните, чтобы выбрать промежуток. Его края двигаются стрелками, с Shift — оба. Высоты — квадратные корни чисел.',
    counted: (some, all) => `Учтено ${f.int(some)} из ${ofImages(all)}.`,
    undated: (n) => `Без даты: ${images(n)}.`,
  },

  charts: {
    of: 'По графику на',
    byValue: 'Значение',
    byCluster: 'Кластер',
    show: 'Показать',
    counts: 'Числа',
    shares: 'Доли',
    chartOrder: 'Графики по',
    barOrder: 'Столбики по',
    cluster: 'Кластер',
    title: (name, total) => `${name} · ${f.int(total)}`,
    bar: (cluster, value, n, fraction) => `${cluster}, ${value}: ${images(n)}, ${share(fraction)}`,
    titleByValue: (column) => `Кластеры для каждого значения «${column}»`,
    titleByCluster: (column) => `Значения «${column}» в каждом кластере`,
    caption: (n) => `Учтено: ${images(n)}.`,
    within: (column, from, to) => `${column}: с ${from} по ${to}.`,
    hint: 'Столбик выделяет свои изображения. Стрелки ведут от столбика к столбику.',
    empty: 'В этом промежутке нет изображений.',
  },

  board: {
    title: 'Что значат столбцы',
    category: 'Категория',
    hashtag: 'Хештег',
    unused: 'Не используются',
    about: {
      category: 'Одно значение у изображения.',
      hashtag: 'Несколько значений через , ; | # или списком в скобках.',
      unused: 'Перетащите столбец или откройте его меню.',
    },
    to: { category: 'В категории', hashtag: 'В хештеги', unused: 'Не использовать' },
    move: (column) => `Переместить «${column}»`,
    none: 'Нет',
  },

  values: {
    title: 'Значения',
    search: 'Поиск значений',
    role: { category: 'Категория', hashtag: 'Хештег' },
    none: 'Ничего не найдено.',
    nothing: 'Назначьте столбец выше.',
    more: (n) => `ещё ${f.int(n)}`,
  },

  spread: {
    choose: 'Выберите значение',
    chooseText: 'Здесь появится его доля в каждом кластере и то, где она выделяется.',
    clusters: 'Кластеры',
    view: 'Показано',
    table: 'Значение в каждом кластере',
    share: 'Доля',
    lift: 'Отношение',
    q: 'p с поправкой',
    pValue: 'p',
    with: 'Изображений со значением',
    size: 'Изображений',
    mark: 'Выделяется',
    about: {
      part: 'Упорядочить по номеру',
      share: 'Изображения с этим значением среди тех, у которых в столбце есть значение',
      lift: 'Доля здесь, делённая на общую долю: 2 — вдвое чаще',
      q: 'Точный критерий Фишера с поправкой на все показанные кластеры',
    },
    of: (n, size, fraction) => `${f.int(n)} из ${f.int(size)}, ${share(fraction)}`,
    bar: (part, n, size, fraction) => `${part}: ${f.int(n)} из ${ofImages(size)}, ${share(fraction)}`,
    liftOf: (lift) => (Number.isFinite(lift) ? `× ${f.decimal(lift, 2)}` : '–'),
    p: (p) => (p < 0.0001 ? '< 0,0001' : significant(p)),
    marks: { over: 'чаще, чем в остальных', under: 'реже, чем в остальных' },
    select: (part, n) => `${part}: выделить ${images(n)}`,
    selectAll: (n) => `Выделить ${images(n)}`,
    overall: (n, all, fraction) =>
      `${f.int(n)} из ${ofImages(all)} со значением: ${share(fraction)}. Пунктир отмечает эту долю.`,
    test: (n, column, parts, rate) =>
      `Отметки: точный критерий Фишера (гипергеометрический, двусторонний) — каждый кластер против остальных среди ${ofImages(n)} со значением «${column}», с поправкой Бенджамини и Хохберга на ${count(parts, 'проверку', 'проверки', 'проверок')}, на уровне ${f.percent(rate)}.`,
    figure: (column, value) => `${column}: ${value}`,
  },
};
