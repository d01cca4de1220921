import type { JoinList } from '../../../domain/metadata';
import type { Column, JoinKey } from '../../../domain/table';
import { columnFormat } from '../column-format';
import { createFormat } from '../format';
import type { Metadata } from '../messages';

const f = createFormat('ru');
const count = (n: number, one: string, few: string, many: string): string =>
  `${f.int(n)} ${f.plural(n, { one, few, many, other: few })}`;
const images = (n: number): string => count(n, 'изображение', 'изображения', 'изображений');
/** After «из» and «для»: genitive. */
const ofImages = (n: number): string => count(n, 'изображения', 'изображений', 'изображений');
const rows = (n: number): string => count(n, 'строка', 'строки', 'строк');
const columns = (n: number): string => count(n, 'столбец', 'столбца', 'столбцов');

const types: Record<Column['type'], string> = {
  number: 'числа',
  date: 'даты',
  boolean: 'да или нет',
  text: 'текст',
};
const ways: Record<JoinKey['by'], string> = {
  path: 'весь путь',
  suffix: 'конец пути',
  name: 'имя файла',
};
const lists: Record<JoinList, (n: number) => string> = {
  images: (n) => `${images(n)} без строки`,
  rows: (n) => `${rows(n)} без изображения`,
  duplicates: (n) => `${count(n, 'ключ', 'ключа', 'ключей')} в нескольких строках; учитывается первая`,
  ambiguous: (n) =>
    n % 10 === 1 && n % 100 !== 11
      ? `${rows(n)} подходит к нескольким изображениям и не учитывается`
      : `${rows(n)} подходят к нескольким изображениям и не учитываются`,
};

export const metadata: Metadata = {
  types,
  value: { ...columnFormat('ru'), yes: 'да', no: 'нет' },

  ramp: {
    none: (n: number) => `${images(n)} без значения`,
  },

  join: {
    reading: 'Чтение таблицы',
    matching: 'Сопоставление строк с изображениями',
    size: (n: number, of: number) => `${rows(n)}, ${columns(of)}`,
    columns: 'Столбцы таблицы',
    column: 'Столбец',
    type: 'Тип',
    values: 'Значения',
    problems: (n: number) => count(n, 'странность в файле', 'странности в файле', 'странностей в файле'),
    problem: (line: number, reason: string) => (line === 0 ? reason : `Строка ${f.int(line)}: ${reason}`),
    key: 'Столбец, который называет изображение',
    keyOption: (column: string, matched: number, all: number) =>
      `${column} (${f.int(matched)} из ${ofImages(all)})`,
    by: 'С чем его сравнивать',
    ways,
    extension: 'Расширения должны совпадать',
    ignoreCase: 'Без учёта регистра',
    rate: (matched: number, all: number) =>
      `Строка есть у ${f.int(matched)} из ${ofImages(all)} (${f.percent(all > 0 ? matched / all : 0)}).`,
    noImages: 'Изображений ещё нет. Сохраните таблицу: она соединится с изображениями, когда они появятся.',
    noMatch: 'Ни один столбец не называет изображения. Выберите столбец и менее строгое сравнение.',
    lists,
    row: (where: string) => `строка ${where}`,
    more: (n: number) => `и ещё ${f.int(n)} в файле`,
    csv: 'Скачать CSV',
    csvOf: (what: string) => `Скачать CSV: ${what}`,
    keep: 'Добавить столбцы',
    keepNew: 'Сохранить в новом проекте',
    change: 'Использовать этот ключ',
    kept: (of: number, matched: number) =>
      `${count(of, 'столбец добавлен', 'столбца добавлено', 'столбцов добавлено')} для ${ofImages(matched)}.`,
    changed: 'Таблица соединена по другому ключу.',
  },

  data: {
    title: 'Столбцы',
    none: 'Об изображениях не известно ничего, кроме путей. Перетащите таблицу (CSV, TSV, JSON, Parquet), которая их называет.',
    tables: 'Таблицы',
    matched: (n: number, all: number, total: number) =>
      `сопоставлено ${f.int(n)} из ${ofImages(all)}, в таблице ${rows(total)}`,
    joinedBy: (column: string, way: string) => `по «${column}», сравнивается ${way}`,
    changeKey: 'Изменить ключ…',
    changeKeyOf: (name: string) => `Изменить ключ «${name}»`,
    remove: 'Убрать',
    removeOf: (name: string) => `Убрать «${name}»`,
    removed: (name: string) => `«${name}» убрана.`,
    column: 'Столбец',
    type: 'Тип',
    source: 'Откуда',
    sources: { record: 'записи', exif: 'сами изображения (EXIF)' },
    filled: 'Изображений со значением',
    values: 'Значения',
  },

  facts: {
    title: 'Столбцы',
    more: 'Показать целиком',
    less: 'Свернуть',
  },

  breakdown: {
    title: 'Столбцы',
    column: 'Столбец',
    value: 'Значение',
    here: 'Здесь',
    everywhere: 'Из всех',
    everywhereText: 'доля изображений с этим значением, попавших в этот кластер',
    select: (value: string, n: number) => `Выбрать ${value}, ${images(n)}`,
    more: (n: number) => `ещё ${count(n, 'значение', 'значения', 'значений')}`,
    range: (low: string, middle: string, high: string) => `От ${low} до ${high}, медиана ${middle}.`,
    overall: (low: string, middle: string, high: string) =>
      `Все изображения: от ${low} до ${high}, медиана ${middle}.`,
    empty: 'Ни у одного изображения этого кластера нет значения.',
  },
};
