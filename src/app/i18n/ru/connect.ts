import { createFormat } from '../format';
import type { Connect } from '../messages';

const f = createFormat('ru');
const documents = (n: number): string =>
  `${f.int(n)} ${f.plural(n, { one: 'документ', few: 'документа', many: 'документов', other: 'документа' })}`;

export const connect: Connect = {
  add: 'Из Elasticsearch…',
  title: 'Изображения из Elasticsearch или OpenSearch',
  resumeTitle: 'Продолжить с сервером',
  writeTitle: 'Результаты в Elasticsearch или OpenSearch',
  address: 'Адрес сервера',
  login: 'Вход',
  logins: { none: 'без входа', basic: 'Имя и пароль', 'api-key': 'Ключ API' },
  user: 'Имя',
  password: 'Пароль',
  key: 'Ключ API',
  keyText: 'Закодированный ключ или id:ключ.',
  forgotten: 'Хранится только в памяти и только до конца работы.',
  agree: (origin) => `Эта страница может обращаться к ${origin} и ни к какому другому серверу.`,
  noAddress: 'Он начинается с https:// или http:// и имени.',
  connect: 'Подключиться',
  connecting: 'Подключение…',
  server: (kind, version, name) =>
    [`Подключено: ${kind === 'opensearch' ? 'OpenSearch' : 'Elasticsearch'}`, version, name && `(${name})`]
      .filter(Boolean)
      .join(' '),
  reasons: {
    origin: (origin) => `«${origin}» — не адрес сервера: он начинается с https:// или http:// и имени.`,
    unreachable: (origin) => `${origin} не дал ответа, который этой странице можно прочесть.`,
    'mixed-content': (origin) =>
      `${origin} работает по http, а эта страница по https: браузеры это запрещают. Возьмите https-адрес сервера или запустите Tessera на этом компьютере командой «npm start».`,
    timeout: (origin) => `${origin} не ответил вовремя. Попробуйте ещё раз или запросите меньше.`,
    'too-large': (origin) => `Ответ ${origin} слишком длинный и не помещается в памяти.`,
    unauthorised: (origin) => `${origin} не принимает этот вход. Проверьте имя и пароль или ключ API.`,
    forbidden: (origin, detail) => `${origin} не разрешает этого с таким входом. ${detail}`,
    'not-found': (origin, detail) => `На ${origin} нет такого индекса. ${detail}`,
    refused: (origin, detail) => `${origin} отказал. ${detail}`,
    busy: (origin, detail) =>
      `${origin} перегружен и остался таким после нескольких попыток. Продолжите позже. ${detail}`,
    answer: (origin, detail) => `${origin} отвечает не так, как Elasticsearch или OpenSearch. ${detail}`,
  },
  corsText:
    'Верен ли адрес, работает ли сервер, доверяет ли браузер его сертификату? Если да, сервер должен разрешить эту страницу. В elasticsearch.yml (или opensearch.yml), затем перезапустите его:',
  index: 'Индекс',
  indexText: 'Имя, псевдоним или шаблон, например logs-*.',
  indexOption: (n) => documents(n),
  imageField: 'Поле с изображением (base64)',
  noPicture: 'Ни в одном из первых документов нет изображения в base64. Выберите поле сами.',
  query: 'Запрос',
  queryText: 'Слова, поле:значение или запрос в JSON. Пусто: все.',
  dates: 'Даты',
  dateField: 'Поле',
  anyDate: 'любые',
  from: 'С',
  to: 'по',
  terms: 'Только документы, где',
  termField: 'Поле',
  termValues: 'Значения через запятую',
  addTerm: 'Ещё поле',
  removeTerm: 'Убрать',
  columns: (n) =>
    `${f.int(n)} ${f.plural(n, {
      one: 'поле станет столбцом',
      few: 'поля станут столбцами',
      many: 'полей станут столбцами',
      other: 'поля станут столбцами',
    })}`,
  looking: 'Поиск…',
  found: (n) => documents(n),
  nothing: 'Ни один документ не подходит.',
  fetch: (n) => `Получить ${documents(n)}`,
  taking: (n, all) => `Получение документов: ${f.int(n)} из ${f.int(all)}`,
  stop: 'Остановить',
  taken: (n) => `Получено: ${documents(n)}.`,
  unfinished: (n, all, index) =>
    `Здесь ${f.int(n)} из ${f.int(all)} документов «${index}». Войдите снова, чтобы получить остальные.`,
  goOn: 'Продолжить…',
  goOnNow: 'Продолжить',
  forget: 'Обойтись без остальных',
  export: 'В Elasticsearch…',
  exportText: 'метки и расстояния, в документы, из которых взяты изображения',
  prefix: 'Приставка полей',
  vectors: (dims) =>
    `Записать и векторы (по ${f.int(dims)} ${f.plural(dims, { one: 'числу', few: 'числа', many: 'чисел', other: 'числа' })}), чтобы сервер искал по сходству`,
  fields: 'Записываются эти поля; больше ничего не меняется:',
  run: 'Расчёт',
  write: (n) => `Записать в ${documents(n)}`,
  writing: (n, all) => `Запись: ${f.int(n)} из ${f.int(all)}`,
  written: (n) => `Записано: ${documents(n)}.`,
  failed: (n) => `Отклонено: ${documents(n)}.`,
  saveFailures: 'Сохранить список (CSV)',
  again: 'Записать ещё раз',
  noDocuments: 'Изображения этого проекта взяты не из документов сервера.',
  searchTitle: 'Похожие на изображение — на сервере',
  searchThere: 'Искать похожие на сервере…',
  searchText: 'Сервер ищет среди всех документов с вектором самые похожие на',
  vectorField: 'Поле с векторами',
  howMany: 'Сколько',
  search: 'Искать',
  nearest: 'Ближайшие документы',
  noVectorField:
    'В этом индексе нет поля с векторами. Сначала запишите их: Экспорт, «В Elasticsearch…», вместе с векторами.',
  noVector: 'У этого изображения нет вектора.',
  noPictureThere: 'нет изображения',
  scoreText:
    'Сначала самые похожие, у каждого — оценка сервера. Сравнивать можно только векторы одной и той же сети.',
  how: 'То, что уже есть под приставкой',
  hows: {
    merge: 'остаётся рядом (частичное обновление)',
    replace: 'заменяется целиком (скрипт): от другого расчёта ничего не остаётся',
  },
};
