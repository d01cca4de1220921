import type { Messages } from '../../i18n/messages';
import type { Value } from './values';

/** What a group of images by a column is called. */
export function valueName(value: Value, { explore, metadata, study }: Messages): string {
  const { value: format } = metadata;
  switch (value.kind) {
    case 'none':
      return study.tree.noValue;
    case 'text':
      return value.text;
    case 'flag':
      return value.is ? format.yes : format.no;
    case 'number':
      return format.number(value.value);
    case 'range':
      return explore.range(format.short(value.low), format.short(value.high));
    case 'date':
      return explore.calendar[value.step](value.from);
    case 'others':
      return explore.others(value.values);
  }
}
