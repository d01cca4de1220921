import type { Messages } from '../../i18n/messages';
import { columnName } from '../../widgets/column-name';
import type { Cut } from './cuts';

/** What a way to group the images is called: the column, and how it is cut where that needs saying. */
export function cutName({ column, step }: Cut, { explore, views }: Messages): string {
  const name = columnName(column, views);
  return step === 'value' ? name : explore.cut[step](name);
}
