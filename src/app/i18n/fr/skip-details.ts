import { createFormat } from '../format';
import type { Shell } from '../messages';

const f = createFormat('fr');

export const skipDetails: Shell['skipDetails'] = {
  encrypted: () => 'chiffré',
  nested: () => 'une archive dans une archive',
  link: () => 'un lien',
  sparse: () => 'un fichier creux, enregistré avec des trous qui ne sont pas comblés ici',
  device: () => 'un périphérique, pas un fichier',
  packed: (method) => `compressé par ${method}, qui n’est pas décompressé ici`,
  large: (bytes) => `fait ${f.bytes(Number(bytes))} une fois décompressé`,
  dense: (times) => `fait ${f.int(Number(times))} fois sa taille une fois décompressé`,
  heavy: (bytes) => `l’archive fait plus de ${f.bytes(Number(bytes))} une fois décompressée`,
  shared: () => 'ses octets sont aussi ceux d’une autre entrée',
  many: (entries) => `plus de ${f.int(Number(entries))} entrées, les autres sont laissées de côté`,
  cut: () => 'incomplet',
  cutAt: (byte) => `incomplet à partir de l’octet ${f.int(Number(byte))}`,
  cutIn: (name) => `incomplet dans ${name}`,
  damagedAt: (byte) => `endommagé à l’octet ${f.int(Number(byte))} ; la suite est laissée de côté`,
  gone: () => 'les octets qui en étaient conservés ont disparu',
};
