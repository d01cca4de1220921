import type { Criterion } from '../../widgets/k-verdict';
import { createFormat } from '../format';
import type { Study } from '../messages';

const f = createFormat('ru');
const count = (n: number, one: string, few: string, many: string): string =>
  `${f.int(n)} ${f.plural(n, { one, few, many, other: few })}`;
const images = (n: number): string => count(n, 'изображение', 'изображения', 'изображений');
/** После «из»: родительный падеж. */
const ofImages = (n: number): string => count(n, 'изображения', 'изображений', 'изображений');
const nodes = (n: number): string => count(n, 'узел', 'узла', 'узлов');
const share = (fraction: number): string => `${f.decimal(100 * fraction, 1)} %`;

const criteria: Record<Criterion, string> = {
  calinskiHarabasz: 'Калинский-Харабаш',
  daviesBouldin: 'Дэвис-Болдин',
  elbow: 'локоть инерции',
};

export const study: Study = {
  options: {
    restarts: 'Перезапуски',
    restartsText: 'Из стольких случайных начал остаётся лучшее по инерции.',
    reduction: 'Сначала сократить (МГК)',
    reductions: { none: 'Без сокращения', dimensions: 'До числа измерений', share: 'Объяснить не меньше' },
    dimensions: 'Измерения',
    percent: 'Процентов дисперсии',
    reduced: (from, to, explained) =>
      `В последний раз: ${f.int(from)} → ${count(to, 'измерение', 'измерения', 'измерений')}${explained === null ? '' : `, ${share(explained)} дисперсии`}.`,
    engine: 'Движок',
    engines: { auto: 'Автоматически', webgpu: 'Видеокарта (WebGPU)', cpu: 'Процессор (WebAssembly)' },
    engineText: 'Автоматически берётся более быстрый.',
    half: 'Строки по 16 бит на GPU',
    halfText: 'Меньше чтения; только если выборка показывает, что ни одна метка не меняется.',
    silhouette: 'Силуэт',
    estimated: 'Оценка по',
    estimatedUnit: 'изображениям',
    exact: 'Точный, по всем изображениям',
    takes: (seconds) => `около ${f.duration(seconds)}`,
    limits: (low, high) => `от ${f.int(low)} до ${f.int(high)}`,
    open: 'Настройки кластеризации',
  },

  choice: {
    chosen: (k, value, error) =>
      `Выбрано k = ${k}: силуэт наибольший, ${value}${error === null ? '' : ` ± ${error}`}.`,
    runnerUp: (k, value, tie) =>
      tie ? `Следом ${k} с ${value}: в пределах ошибки оценки не хуже.` : `Следом ${k} с ${value}.`,
    allAgree: 'Все показатели согласны.',
    agree: (names) => `${capital(list(names.map((name) => criteria[name])))} за то же.`,
    disagree: (others) =>
      `${capital(list(others.map(({ criterion, k }) => `${criteria[criterion]} за ${k}`)))}: показатели по-разному взвешивают плотность и разделение, поэтому сравните изображения обоих вариантов.`,
    sampled: (m, n) => `Силуэты оценены по ${f.int(m)} из ${ofImages(n)}.`,
    exact: (n) => `Силуэты точные: ${images(n)}.`,
    compute: 'Рассчитать точный силуэт',
    computing: 'Расчёт точного силуэта',
    squared: 'Силуэт по квадратам',
    squaredAbout:
      'По квадратам евклидовых расстояний и всем изображениям. Это другая величина, чем силуэт рядом: их нельзя сравнивать, и k выбирается не по ней.',
  },

  task: {
    busy: (what, percent, seconds) =>
      `${what}: ${percent}${seconds === null ? '' : `, осталось около ${f.duration(seconds)}`}`,
    interrupted: 'Начался другой анализ. Повторите, когда он закончится.',
    failed: 'Не удалось закончить',
    waitForClusters: 'Подождите, пока изображения собираются в кластеры.',
  },

  tree: {
    title: 'Дерево',
    about: 'Кластеры внутри кластеров: изображения делятся, каждая часть делится снова, и так далее.',
    aboutParts: 'Каждая часть кластеризуется отдельно, со своим числом кластеров.',
    none: 'Дерева пока нет',
    by: 'Делить по',
    byKmeans: 'Сходству (k-средних)',
    branching: 'Потомков у узла',
    depth: 'Уровней',
    minimumSize: 'Наименьший делимый узел',
    make: 'Построить дерево',
    makeParts: 'Кластеризовать каждую часть',
    again: 'Построить заново',
    making: 'Построение дерева',
    makingParts: 'Кластеризация каждой части',
    stale: (n) => `Добавлено позже и не вошло в дерево: ${images(n)}.`,
    summary: (n, levels, seconds) =>
      `${nodes(n)}, ${count(levels, 'уровень', 'уровня', 'уровней')}, ${f.duration(seconds)}`,
    root: 'Все изображения',
    path: 'Путь от корня',
    goTo: 'Перейти к узлу',
    noNode: (id) => `Узла ${id} нет.`,
    children: 'Потомки',
    childCount: (n) => count(n, 'потомок', 'потомка', 'потомков'),
    leaf: 'лист, дальше не делится',
    parent: 'Вверх к родителю',
    firstChild: 'Вниз к первому потомку',
    previous: 'Предыдущий сосед',
    next: 'Следующий сосед',
    keys: 'Стрелки: вверх к родителю, вниз к первому потомку, влево и вправо к соседям.',
    images: 'Изображения узла',
    selectAll: 'Выбрать все',
    selectNode: (name, n) => `Выбрать ${name}, ${images(n)}`,
    save: 'Сохранить изображения',
    csv: 'Дерево в CSV',
    shareOf: (n, fraction) => `${images(n)}, ${f.percent(fraction)}`,
    name: 'Название',
    namePlaceholder: 'Дайте название',
    parts: 'Части',
    part: 'Часть',
    partImages: 'Изображения',
    partK: 'k',
    partSilhouette: 'Силуэт',
    noValue: '(нет)',
    tooFew: 'Для дерева нужно хотя бы три изображения. Добавьте ещё.',
    spread: (value) => `среднеквадратичное расстояние до центра ${value}`,
  },

  compare: {
    title: 'Сравнение',
    about: 'Два способа разложить одни и те же изображения, рядом.',
    first: 'Строки',
    second: 'Столбцы',
    swap: 'Поменять строки и столбцы',
    clustering: (k) => `Кластеры, k = ${k}`,
    groupClusterings: 'Эта кластеризация',
    groupLevels: 'Дерево',
    groupColumns: 'Столбцы',
    level: (level, parts) => `Дерево, уровень ${level} (${nodes(parts)})`,
    partLevel: (column, level, parts) => `${column}, уровень ${level} (${nodes(parts)})`,
    ari: 'Скорректированный индекс Рэнда',
    ariAbout: '1: то же разбиение; около 0: не больше случайного; ниже 0: меньше случайного.',
    nmi: 'Нормированная взаимная информация',
    nmiAbout: 'От 0 до 1, больше значит ближе (среднее арифметическое энтропий).',
    reading: (ari) =>
      ari >= 0.9
        ? 'Они совпадают почти везде.'
        : ari >= 0.65
          ? 'Они хорошо совпадают.'
          : ari >= 0.3
            ? 'Они совпадают частично.'
            : ari >= 0.05
              ? 'Они мало совпадают.'
              : 'Общего у них едва ли больше, чем по случайности.',
    matched: (n, all) =>
      `${f.int(n)} из ${ofImages(all)} (${f.percent(n / Math.max(all, 1))}) лежат там, где строка встречает свой лучший столбец.`,
    table: 'Таблица сопряжённости',
    tableAbout:
      'Изображения со значением строки и столбца. Порядок такой, что подходящее друг другу лежит у диагонали. Стрелки перемещают, Enter выбирает изображения.',
    cell: (row, column, n) => `${row}, ${column}: ${images(n)}`,
    csv: 'Таблица в CSV',
    working: 'Сравнение…',
    pending: (n) => `Ещё не в кластерах и не учтено: ${images(n)}.`,
    same: 'Обе стороны одинаковы. Выберите для сравнения другую.',
  },

  stability: {
    title: 'Устойчивость к начальному числу',
    about:
      'k-средних начинает случайно. Запустите с другими начальными числами: где запуски совпадают, кластеры есть в самих изображениях, а не в игре случая.',
    runs: 'Запусков на k',
    from: 'k от',
    to: 'до',
    start: 'Измерить устойчивость',
    measuring: 'Измерение устойчивости',
    k: 'k',
    mean: 'Средний ИРск',
    lowest: 'Наименьший ИРск',
    nmi: 'Средняя НВИ',
    spread: 'Разброс инерции',
    spreadText: 'худший запуск над лучшим',
    table: 'Совпадение запусков по k',
    chart: 'Совпадение запусков',
    method: (runs) =>
      `Метод: скорректированный индекс Рэнда между запусками k-средних (${f.int(runs)} для каждого k), попарно.`,
    chartLabel: (low, high, best, ari) =>
      `Средний и наименьший скорректированный индекс Рэнда для k от ${low} до ${high}. Наибольшее среднее при k = ${best}: ${ari}.`,
    verdict: (k, ari, lowest) =>
      `Устойчивее всего k = ${k}: средний индекс Рэнда ${ari}, наименьший ${lowest}.`,
    current: (k, ari) => `У нынешнего k, ${k}: ${ari}.`,
    csv: 'Устойчивость в CSV',
    percent: (fraction) => `${f.decimal(100 * fraction, fraction < 0.001 ? 3 : 2)} %`,
    wrong: 'От 2 до 50 запусков, k в пределах кластеризации.',
  },

  model: {
    title: 'Модели',
    about:
      'Кластеризацию можно сохранить и применить к другим изображениям: каждое попадает к ближайшему центру, заново ничего не подбирается.',
    save: 'Сохранить модель…',
    export: 'Модель (ZIP)',
    saveText: (k) => `масштаб, МГК, ${count(k, 'центр', 'центра', 'центров')} и названия`,
    apply: 'Применить модель…',
    kept: 'Хранятся в этом проекте',
    keptLine: (k, date) => `${count(k, 'кластер', 'кластера', 'кластеров')}, сохранена ${date}`,
    use: 'Применить',
    remove: 'Удалить',
    removeNamed: (name) => `Удалить модель «${name}»`,
    removed: (name) => `Модель «${name}» удалена.`,
    inUse: 'Используется',
    applied: (name) => `Метки изображениям даёт модель «${name}».`,
    label: (name, date) => `По модели «${name}», сохранена ${date}; без нового подбора.`,
    back: 'Вернуть свои кластеры',
    isBack: 'Собственные кластеры проекта возвращены.',
    first: 'Сначала добавьте изображения: тогда модель можно будет применить к ним.',
    needs: (descriptor) => `Этой модели нужен дескриптор «${descriptor}».`,
    needsAbsent: (descriptor) =>
      `Этой модели нужен дескриптор «${descriptor}», а его сети здесь нет. Добавьте её в настройках и примените модель ещё раз.`,
    switch: 'Перейти на него и применить',
    pixels: (width, height) => `Сырые пиксели, ${width} × ${height}`,
    network: (title, layer) => `${title}, слой ${layer}`,
    loseNothing: 'Рассчитанное с нынешним дескриптором сохраняется.',
  },
};

function list(parts: string[]): string {
  return new Intl.ListFormat('ru', { type: 'conjunction' }).format(parts);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
