import type { Format, RowChoice, Subject } from '../../state/export-plan';
import { createFormat } from '../format';
import type { Exporting } from '../messages';

const f = createFormat('ru');
const count = (n: number, one: string, few: string, many: string): string =>
  `${f.int(n)} ${f.plural(n, { one, few, many, other: many })}`;
const images = (n: number): string => count(n, 'изображение', 'изображения', 'изображений');

const subjects: Record<Subject, string> = {
  images: 'Таблица изображений',
  clusters: 'Таблица кластеров',
  scores: 'Оценки для каждого k',
  vectors: 'Векторы',
  pictures: 'Изображения',
};
const subjectTexts: Record<Subject, string> = {
  images: 'запись на каждое изображение, столбцы на выбор',
  clusters: 'имя, заметка, размер, самое типичное изображение, разброс',
  scores: 'инерция, силуэт, Калинский-Харабаш, Дэвис-Болдин',
  vectors: 'числа сети, строка на каждое изображение',
  pictures: 'копии файлов и список, откуда каждый из них',
};
const formats: Record<Format, string> = {
  csv: 'CSV',
  tsv: 'TSV',
  json: 'JSON',
  ndjson: 'NDJSON',
  parquet: 'Parquet',
  bulk: 'Elasticsearch bulk',
  npy: 'NumPy (.npy)',
  bundle: 'ZIP для обратного импорта',
  zip: 'ZIP',
  folder: 'Папка',
};
const formatTexts: Record<Format, string> = {
  csv: 'электронные таблицы, R, pandas',
  tsv: 'табуляция между ячейками',
  json: 'один массив',
  ndjson: 'объект на каждой строке',
  parquet: 'pandas, DuckDB, Spark; хранит типы',
  bulk: 'для _bulk в Elasticsearch и OpenSearch',
  npy: 'float32, порядок C',
  bundle: 'числа, пути и хеши',
  zip: 'один файл',
  folder: 'в папку по вашему выбору',
};
const rows: Record<RowChoice, string> = { all: 'Все', selection: 'Выделение', cluster: 'Один кластер' };

export const exporting: Exporting = {
  title: 'Экспорт',
  about: 'Файлы пишутся на этот компьютер. Ничего никуда не отправляется.',
  more: 'Другие способы экспорта…',
  moreText: 'столбцы, форматы, Parquet, папки',
  empty: 'Пока нечего экспортировать. Добавьте изображения или дождитесь первых кластеров.',
  what: 'Что',
  subjects,
  subjectTexts,
  format: 'Формат',
  formats,
  formatTexts,
  noFolder: 'Этот браузер не умеет писать в папки. Chrome и Edge умеют.',
  rows: 'Какие изображения',
  rowChoices: rows,
  of: images,
  cluster: 'Кластер',
  columns: 'Столбцы',
  groups: { image: 'Изображение', cluster: 'Кластер', path: 'Из пути', metadata: 'Метаданные' },
  columnsChosen: (n: number) => count(n, 'столбец', 'столбца', 'столбцов'),
  noColumns: 'Выберите хотя бы один столбец.',
  all: 'Все',
  none: 'Ни одного',
  presets: 'Начать с',
  presetNames: { labels: 'Метки', pathLabel: 'Путь и метка', everything: 'Все столбцы' },
  options: 'Параметры',
  duplicates: (n: number) => `Также ${count(n, 'файл', 'файла', 'файлов')} с теми же байтами, что у другого`,
  vectors: (d: number) => `С вектором каждого изображения (чисел: ${f.int(d)})`,
  exact: 'Оставить текст в точности как есть',
  exactText:
    'Иначе перед текстом, который таблица выполнила бы как формулу, ставится апостроф. Перед числами — никогда.',
  bom: 'Пометить как UTF-8 для Excel',
  prefix: 'Перед именем каждого поля',
  index: 'Индекс (можно не указывать)',
  ids: (found: boolean) =>
    found
      ? 'Документы обновляются по _id, с которым они пришли.'
      : 'Ни у одного изображения нет _id, поэтому документы добавляются.',
  layout: 'Папки',
  layouts: { cluster: 'По кластерам', structure: 'Как были' },
  nearest: 'Только самые типичные из каждого кластера',
  nearestUnit: 'изображений, сначала ближайшие к центру',
  png: 'Как PNG: пиксели, как они показаны, каким бы ни был файл',
  first: 'Только первые',
  firstUnit: 'изображений',
  neverOver: 'В папке ничего не перезаписывается: занятое имя получает номер.',
  preview: 'Предпросмотр',
  previewOf: (shown: number, all: number) =>
    shown < all ? `первые ${f.int(shown)} из ${f.int(all)}` : count(all, 'запись', 'записи', 'записей'),
  matrix: (n: number, d: number) => `${f.int(n)} × ${f.int(d)} float32`,
  size: (bytes: number) => `около ${f.bytes(bytes)}`,
  save: 'Сохранить',
  choose: 'Выбрать папку…',
  busy: 'Экспорт',
  cancel: 'Отмена',
  saved: (name: string) => `Сохранено: ${name}`,
  copied: (written: number, missing: number, failed: number, manifest: string) =>
    [
      `Скопировано: ${images(written)}`,
      ...(missing > 0 ? [`отсутствует: ${f.int(missing)}`] : []),
      ...(failed > 0 ? [`отклонено браузером: ${f.int(failed)}`] : []),
      `список в ${manifest}`,
    ].join(', '),
  stopped: (written: number, manifest: string) =>
    `Отменено. Скопировано: ${images(written)}, список в ${manifest}`,
  others: 'Другие файлы',
  othersText: 'То, что сохраняют другие экраны, в одном месте.',
  otherNames: {
    tree: 'Дерево (CSV)',
    parts: 'Кластеры каждой папки (CSV)',
    stability: 'Устойчивость (CSV)',
    confusion: 'Перекрёстная таблица (CSV)',
    model: 'Модель (ZIP)',
    skipped: 'Пропущенные файлы (CSV)',
    duplicates: 'Дубликаты (CSV)',
  },
  otherTexts: {
    tree: 'узел каждого изображения на каждом уровне',
    parts: 'путь, папка, кластер внутри неё',
    stability: 'согласие запусков с другими начальными числами',
    confusion: 'изображения, общие для двух группировок',
    model: 'кластеры, чтобы метить другие изображения',
    skipped: 'путь, причина',
    duplicates: 'путь и тот, у которого те же байты',
  },
  notYet: 'ещё не сделано',
  noneOf: 'таких нет',
};
