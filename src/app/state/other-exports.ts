import type { Artifact } from '../../exports/artifact';
import { confusionCsv } from '../../exports/confusion';
import { hierarchyCsv } from '../../exports/hierarchy';
import { duplicatesCsv } from '../../exports/labels';
import { perFolderCsv } from '../../exports/per-folder';
import { skippedCsv } from '../../exports/skipped';
import { stabilityCsv } from '../../exports/stability';
import { BY_KMEANS } from './split-by';
import type { ExportHost } from './exports';
import type { Studies } from './studies.svelte';

/** What other screens make and save; the model has a way of its own. */
export const OTHERS = ['tree', 'parts', 'stability', 'confusion', 'model', 'skipped', 'duplicates'] as const;
export type Other = (typeof OTHERS)[number];

/** Made of what is there; null for what nobody has asked for yet, and for the model, which is kept as it is saved. */
export function otherFile(
  kind: Other,
  session: ExportHost,
  { trees, stability, comparison }: Pick<Studies, 'trees' | 'stability' | 'comparison'>,
): Artifact | null {
  const { rows, skipped } = session;
  switch (kind) {
    case 'tree': {
      const tree = trees.made.get(BY_KMEANS);
      return tree ? hierarchyCsv(rows, tree) : null;
    }
    case 'parts': {
      const parts = [...trees.made.values()].find(({ by }) => by !== 'kmeans');
      return parts ? perFolderCsv(rows, parts) : null;
    }
    case 'stability':
      return stability.results ? stabilityCsv(stability.results) : null;
    case 'confusion': {
      const { result } = comparison;
      if (!result) return null;
      const { table } = result;
      const names = (side: readonly { label: number }[], of: readonly (string | number)[]): string[] =>
        side.map(({ label }) => String(of[label]));
      return confusionCsv(
        names(table.rows, result.first.names),
        names(table.columns, result.second.names),
        table.count,
      );
    }
    case 'skipped':
      return skipped.length > 0 ? skippedCsv(skipped) : null;
    case 'duplicates':
      return rows.duplicates.size > 0 ? duplicatesCsv(rows) : null;
    case 'model':
      return null;
  }
}
