import { createFormat } from '../format';
import type { Descriptors } from '../messages';

const f = createFormat('ru');
const count = (n: number, one: string, few: string, many: string): string =>
  `${f.int(n)} ${f.plural(n, { one, few, many, other: few })}`;
const images = (n: number): string => count(n, 'изображение', 'изображения', 'изображений');
const ofImages = (n: number): string => count(n, 'изображения', 'изображений', 'изображений');
const vectors = (n: number): string => count(n, 'вектор', 'вектора', 'векторов');
const numbers = (d: number): string =>
  `${f.int(d)} ${f.plural(d, { one: 'числу', few: 'числа', many: 'чисел', other: 'числа' })}`;

export const descriptors: Descriptors = {
  form: {
    array: 'Массив',
    shape: (n, d, dtype) => `${vectors(n)} по ${numbers(d)} (${dtype})`,
    paths: 'Какой вектор к какому изображению относится',
    inside: 'Сказано в самом файле',
    list: (name) => `По списку ${name}`,
    choose: 'Выбрать список путей…',
    order: 'По порядку путей изображений',
    orderText:
      'Первый вектор достаётся первому изображению по имени, и так далее. Только если вы знаете, что это так:',
    orderDiffers: (n, of) => `${vectors(n)} и ${images(of)}: порядок не говорит, что к чему относится.`,
    pathsDiffer: (paths, n) =>
      `В списке ${count(paths, 'путь', 'пути', 'путей')}, а в файле ${vectors(n)}. Выберите список этого файла.`,
    matched: (n, of) => `Вектор есть у ${f.int(n)} из ${ofImages(of)}.`,
    noImages: 'Изображений ещё нет.',
    unmatched: (n) =>
      `${count(n, 'путь не ведёт', 'пути не ведут', 'путей не ведут')} ни к одному изображению`,
    ambiguous: (n) =>
      `${count(n, 'путь подходит', 'пути подходят', 'путей подходят')} к нескольким изображениям и не учитывается`,
    duplicates: (n) =>
      `${count(n, 'путь стоит', 'пути стоят', 'путей стоят')} в списке несколько раз; считается первый`,
    addMissing: (n) => `Взять ${images(n)} только по пути`,
    addMissingText:
      'Карта, кластеры и таблицы работают без картинок. Перетащите папку позже, и картинки появятся.',
    checking: 'Проверяется каждое число…',
    finite: 'Все числа конечны.',
    nonFinite: (n, rows, places) =>
      `${count(n, 'число не конечно', 'числа не конечны', 'чисел не конечны')}; ${vectors(rows)} будет пропущено: ${places}.`,
    place: (row, column) => `строка ${f.int(row)}, столбец ${f.int(column)}`,
    use: 'Взять эти векторы',
    taking: 'Векторы переносятся',
    done: (n) => `Вектор теперь есть у ${ofImages(n)}.`,
  },
  here: {
    choice: 'Дескриптор',
    title: 'В этом проекте',
    text: 'У каждого свои кластеры и дерево. При смене они возвращаются сразу.',
    computed: 'вычислен здесь',
    fromFile: 'из файла',
    coverage: (n, of) => `${f.int(n)} из ${ofImages(of)}`,
    added: 'Перетащите куда угодно файл векторов (.npy, .npz, pickle или Parquet), чтобы добавить ещё один.',
    removed: (title) => `Векторы «${title}» удалены.`,
    pixels: (width, height) => `Сами пиксели, ${f.int(width)} × ${f.int(height)}`,
  },
  vectors: (title) => `${title}, векторы из файла`,
  needsFile: (title) =>
    `Этой модели нужны векторы «${title}», которых в проекте нет. Перетащите их файл и примените модель снова.`,
  without: (n) => `${images(n)} без вектора этого дескриптора: ни в одном кластере и не на карте`,
  noVector: 'нет, потому что нет вектора',
  noPicture: 'картинки ещё нет',
  pictureless: (n) =>
    `${count(n, 'изображение известно', 'изображения известны', 'изображений известны')} только по пути. Перетащите папку с картинками, и они появятся.`,
};
