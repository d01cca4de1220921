import { createFormat } from '../format';
import type { Editing } from '../messages';

const f = createFormat('ru');
const count = (n: number, one: string, few: string, many: string): string =>
  `${f.int(n)} ${f.plural(n, { one, few, many, other: few })}`;
const images = (n: number): string => count(n, 'изображение', 'изображения', 'изображений');
const ofImages = (n: number): string => count(n, 'изображения', 'изображений', 'изображений');
const edits = (n: number): string => count(n, 'правка', 'правки', 'правок');
const parts = (n: number): string => count(n, 'часть', 'части', 'частей');
const list = (of: readonly string[]): string => new Intl.ListFormat('ru').format(of);

export const editing: Editing = {
  undo: (what) => (what ? `Отменить: ${what}` : 'Отменить'),
  redo: (what) => (what ? `Повторить: ${what}` : 'Повторить'),
  undone: (what) => `Отменено: ${what}.`,
  redone: (what) => (what === null ? 'Сделано снова.' : `Сделано снова: ${what}.`),
  nothingToRedo: 'Повторять нечего.',
  compared: (clusters, k) => `Кластеры с правками: ${f.int(clusters)}, из k = ${k}`,

  steps: {
    k: (k) => `k = ${k}`,
    selection: (n) => (n === 0 ? 'снятие выделения' : `выделение ${ofImages(n)}`),
    merge: (from, into) => `слияние ${list(from)} с ${into}`,
    split: (cluster, n) => `деление ${cluster} на ${parts(n)}`,
    move: (n, to) => `перенос ${ofImages(n)} в ${to}`,
    moveNew: (n, to) => `новый кластер ${to} из ${ofImages(n)}`,
    noise: (n) => `вывод ${ofImages(n)} из кластеров`,
    name: (cluster, name) =>
      name ? `имя кластера ${cluster}: «${name}»` : `снятие имени с кластера ${cluster}`,
    note: (cluster) => `заметка к кластеру ${cluster}`,
    goBack: 'переход к другому состоянию правок',
    drop: 'удаление всех правок',
    takeOver: (n) => `принятие ${count(n, 'правки', 'правок', 'правок')}`,
  },

  actions: {
    menu: 'Править',
    menuOf: (name) => `Править: ${name}`,
    merge: 'Слить с…',
    mergeText: 'Сначала ближайшие. Открытый кластер сохраняет номер и имя.',
    split: 'Разделить…',
    noise: 'Вывести его изображения из всех кластеров',
    noiseText: 'Как шум: в проекте они остаются.',
    back: 'Назад',
    byNumber: 'На число частей',
    parts: 'Частей',
    bySilhouette: 'На столько, сколько подскажет силуэт',
    splitNow: 'Разделить',
    splitting: 'Деление',
    oneKind: 'Разделить нельзя: изображения в нём совпадают до последнего числа.',
    changed: 'Пока кластер делился, он изменился; ничего не сделано.',
    tooSmall: 'Меньше трёх изображений не разделить; перенесите одно из них.',
    was: (base) => `Был в кластере ${base}`,
    wasNone: 'Не был ни в одном кластере',
  },

  chosen: {
    choose: (name) => `Выбрать для слияния: ${name}`,
    count: (n) => `Выбрано: ${count(n, 'кластер', 'кластера', 'кластеров')}`,
    merge: (into) => `Слить в ${into}`,
    clear: 'Снять выбор',
    drag: 'Перетащите карточку на другую, чтобы слить кластеры.',
  },

  move: {
    label: 'Перенести в…',
    fresh: 'Новый кластер',
    none: 'Ни в какой кластер (шум)',
    empty: 'Переносить нечего: изображения уже там.',
  },

  panel: {
    title: 'Правки вручную',
    open: (n) => (n === 0 ? 'Правки' : `Правки (${f.int(n)})`),
    about: (k) =>
      `Хранятся рядом с кластеризацией при k = ${k}, которая остаётся такой, какой вычислена. Они входят в каждый сохранённый файл.`,
    none: 'Правок нет. Сливайте, делите и называйте кластеры или переносите изображения между ними.',
    start: 'Как было вычислено',
    here: 'Сейчас',
    undone: 'отменена',
    goTo: (step) => `Перейти: ${step}`,
    back: 'Вернуться сюда',
    forward: 'Вперёд сюда',
    drop: 'Удалить все правки',
    others: 'Сохранены от других кластеризаций',
    ofK: (n, k, rows) => `${edits(n)} при k = ${k}, ${images(rows)}`,
    show: (k) => `Показать k = ${k}`,
    takeOver: 'Принять',
    takeOverText:
      'Изображения вернутся туда, куда были положены, поштучно; остальное останется как вычислено теперь.',
    dropOthers: 'Удалить',
    dropped: 'Правки удалены.',
    tookOver: (moved) => `Принято: ${images(moved)} в другом кластере.`,
    nothingLeft: 'Принимать нечего: изображения уже собраны так, как были положены.',
    working: 'Измеряются изменённые кластеры…',
  },

  scores: {
    row: (clusters) => `${f.int(clusters)}, с правками`,
    about:
      'Последняя строка — кластеры после правок; они измерены заново по всем изображениям, которые в них входят. Их силуэт — на странице каждого кластера и в разделе «Сравнение».',
    reading: (clusters, now, fitted) =>
      `После правок ${count(clusters, 'кластер', 'кластера', 'кластеров')}: Калинский-Харабаш ${now.calinski} (вычислено ${fitted.calinski}), Дэвис-Болдин ${now.davies} (${fitted.davies}).`,
  },

  kept: (n) =>
    `${edits(n)} прежней кластеризации ${f.plural(n, { one: 'сохранена', other: 'сохранены' })}, но в новую не ${f.plural(n, { one: 'входит', other: 'входят' })}.`,
  showKept: 'Принять или удалить…',
};
