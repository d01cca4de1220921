import type { Words } from './en';
import { map } from './map-ru';

const rules = new Intl.PluralRules('ru');
const plural = (n: number, one: string, few: string, many: string): string =>
  ({ one, few, many })[rules.select(n) as 'one' | 'few' | 'many'] ?? few;

export const words: Words = {
  locale: 'ru',
  title: (project) => `Методы: ${project}`,
  summary: (images, project) =>
    `Изображения проекта «${project}» (обработано: ${images}) разобраны в Tessera — программе, которая работает в браузере на компьютере самого человека; ни одно изображение его не покинуло.`,
  clustered: (k, d) =>
    `Их векторы (чисел на изображение: ${d}) разбиты методом k-средних; число кластеров: ${k}.`,
  labelled: (k, model, date) =>
    `Они размечены сохранённой моделью «${model}» (${date}), число кластеров: ${k}; по этим изображениям ничего не подбиралось.`,
  notClustered: 'Кластеризация ещё не выполнена.',

  software: 'Программа',
  version: 'Tessera',
  date: 'Дата',
  browser: 'Браузер',
  embeddedBy: 'Сеть выполнялась на',
  unknownBackend: 'не записано (векторы вычислены в более раннем сеансе)',
  clusteredBy: 'Кластеризация выполнялась на',
  engines: { webgpu: 'WebGPU', cpu: 'WebAssembly на процессоре' },
  backends: { webgpu: 'WebGPU', wasm: 'WebAssembly на процессоре', pixels: 'без сети' },
  threads: (n) => `${n} ${plural(n, 'поток', 'потока', 'потоков')}`,

  images: 'Изображения',
  announced: 'Дано файлов',
  embedded: 'Обработано изображений',
  duplicates: 'Файлов с теми же байтами, что у другого (обработаны один раз)',
  skippedFiles: 'Пропущено файлов',
  waiting: 'Ждут обработки',
  missing: 'В списке, но не прочитаны',
  reasons: 'Пропущенные файлы по причинам',
  reason: 'Причина',
  number: 'Число',
  skips: {
    empty: 'пустой файл',
    'not-image': 'не изображение',
    unsupported: 'формат изображения, который здесь не декодируется',
    broken: 'повреждён или обрезан',
    'too-large': 'слишком много пикселей для памяти',
    unreadable: 'не удалось прочитать',
    'system-file': 'файл операционной системы',
    archive: 'архив или его запись не открывается',
    record: 'запись без изображения, которое можно декодировать',
    address: 'не удалось загрузить по адресу',
    'bad-embedding': 'сеть не дала пригодных чисел',
  },

  descriptor: 'От изображения к вектору',
  network: 'Сеть',
  sha256: 'SHA-256 файла ONNX',
  layer: 'Слой',
  pooling: 'Свёртка пространственных осей',
  pools: { none: 'нет', avg: 'среднее', max: 'максимум' },
  dimension: 'Чисел на изображение',
  size: 'Размер входа',
  resize: 'Изменение размера',
  resizes: {
    squash: 'обе стороны к размеру входа (пропорции не сохраняются)',
    crop: 'короткая сторона к 256/224 размера входа, затем середина',
  },
  filter: 'Фильтр',
  filterText:
    'треугольный фильтр со сглаживанием, как BILINEAR в Pillow; ориентация EXIF применена; RGB по 8 бит, профили не учитываются',
  channels: 'Каналы',
  normalisation: 'Нормировка',
  normalised: (scale, mean, std) =>
    `значение = (байт × ${scale} − среднее) / отклонение; среднее ${mean}; отклонение ${std}`,
  pixels: 'Сами пиксели: RGB / 255, без сети',
  foreign: 'Векторы другой программы',
  foreignFile: 'Отпечаток файла',
  foreignPaths: 'Отпечаток списка путей',
  vectors: 'Векторы другой программы, прочитанные из файла',
  fingerprint: 'Отпечаток файла',

  clustering: 'Кластеризация',
  method: 'Метод',
  lloyd: 'k-средних (Ллойд), жадные начала k-means++',
  minibatch: 'k-средних по мини-пакетам',
  byModel: 'ближайший центр сохранённой модели',
  scaling: 'Масштабирование',
  scalings: {
    none: 'нет',
    l2: 'строки единичной длины',
    standard: 'столбцы с нулевым средним и единичной дисперсией',
    minmax: 'столбцы в 0..1',
  },
  pca: 'Сокращение размерности (PCA)',
  noPca: 'нет',
  reduced: (m, share) => (share === null ? `компонент: ${m}` : `компонент: ${m}, доля дисперсии: ${share}`),
  kTried: 'Испробованные числа кластеров',
  restarts: 'Запусков (n_init)',
  iterations: 'Итераций не более',
  tolerance: 'Допуск',
  seed: 'Зерно',
  seconds: 'Длительность',
  secondsValue: (s) => `${s} с`,

  choice: 'Выбор k',
  chosen: (k, value) => `У k = ${k} самый высокий силуэт, ${value}.`,
  byHand: (k, value) => `k = ${k} выбрано вручную, силуэт ${value}; это не k с самым высоким силуэтом.`,
  highest: (k, value) => `Самый высокий силуэт у k = ${k}, ${value}.`,
  runnerUp: (k, value) => `Следующее — k = ${k}, ${value}.`,
  others: (elbow, calinski, davies) =>
    `Другие показатели взяли бы: излом инерции — ${elbow}, Calinski-Harabasz — ${calinski}, Davies-Bouldin — ${davies}.`,
  none: 'нет',
  sampled: (sample, n) =>
    `Силуэты евклидовы и оценены по расслоённой выборке: ${sample} из ${n} изображений, каждое сравнено со всеми; ± — стандартная ошибка.`,
  exact: (n) => `Силуэты евклидовы и точны, по всем изображениям (${n}).`,
  scored: (rows) =>
    `Векторы не помещались в память вместе: показатели — по случайно выбранным изображениям (${rows}).`,
  scores: 'Показатели для каждого числа кластеров',
  inertia: 'Инерция',
  silhouette: 'Силуэт',
  error: 'Стандартная ошибка',
  squared: 'Квадратичный силуэт',
  calinski: 'Calinski-Harabasz',
  davies: 'Davies-Bouldin',

  sizes: 'Кластеры',
  sizesCaption: 'Размеры кластеров',
  cluster: 'Кластер',
  name: 'Название',
  size_: 'Изображений',
  share: 'Доля',

  map,

  tables: 'Таблицы метаданных',
  tablesCaption: 'Таблицы, присоединённые к изображениям',
  table: 'Таблица',
  rows: 'Строк',
  key: 'Ключевой столбец',
  by: 'Соединение по',
  bys: { path: 'полному пути', suffix: 'концу пути', name: 'имени файла' },
  withoutExtension: 'без расширения',
  ignoringCase: 'без учёта регистра',
  matched: 'Найдено изображений',
  of: (a, b) => `${a} из ${b}`,

  repeat: 'Как повторить',
  repeatText: (sha256) =>
    `Те же файлы, зерно и движок дают те же кластеры. Командой Tessera, где FOLDER — папка с изображениями${sha256 === null ? '' : ', а NETWORK.onnx — сеть с указанным выше SHA-256'}:`,
  repeatByHand:
    'Те же векторы, зерно и движок дают те же кластеры; откройте файл проекта или задайте те же файлы и настройки.',

  references: 'Литература',
  appendix: 'Приложение: пропущенные файлы',
  file: 'Файл',
  left: (n) => `Ещё ${n} здесь не перечислены; все они в skipped.csv.`,
};
