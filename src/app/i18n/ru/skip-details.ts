import { createFormat } from '../format';
import type { Shell } from '../messages';

const f = createFormat('ru');
const count = (n: number, one: string, few: string, many: string): string =>
  `${f.int(n)} ${f.plural(n, { one, few, many, other: many })}`;

export const skipDetails: Shell['skipDetails'] = {
  encrypted: () => 'зашифрован',
  nested: () => 'архив внутри архива',
  link: () => 'ссылка',
  sparse: () => 'разреженный файл: он записан с пропусками, которые здесь не заполняются',
  device: () => 'устройство, а не файл',
  packed: (method) => `сжат методом ${method}, который здесь не распаковывается`,
  large: (bytes) => `после распаковки занимает ${f.bytes(Number(bytes))}`,
  dense: (times) => `после распаковки больше в ${count(Number(times), 'раз', 'раза', 'раз')}`,
  heavy: (bytes) => `после распаковки архив больше ${f.bytes(Number(bytes))}`,
  shared: () => 'его байты принадлежат и другой записи',
  many: (entries) => `больше ${count(Number(entries), 'записи', 'записей', 'записей')}, остальные пропущены`,
  cut: () => 'обрывается',
  cutAt: (byte) => `обрывается на байте ${f.int(Number(byte))}`,
  cutIn: (name) => `обрывается в ${name}`,
  damagedAt: (byte) => `повреждён на байте ${f.int(Number(byte))}; дальнейшее пропущено`,
  gone: () => 'сохранённых байтов больше нет',
};
