import { expose, transfer } from 'comlink';
import type { ProjectColumn, TableEntry } from '../domain/metadata';
import { Metadata } from '../pipeline/metadata-service';
import { carryErrors } from './errors';

/** Hands the columns over instead of copying them. */
class Service extends Metadata {
  override async columns(
    projectId: string,
    purge: boolean,
  ): Promise<{ columns: ProjectColumn[]; tables: TableEntry[] }> {
    const found = await super.columns(projectId, purge);
    const arrays = found.columns.map(({ column }) => (column.type === 'text' ? column.codes : column.values));
    return transfer(
      found,
      arrays.map(({ buffer }) => buffer),
    );
  }
}

carryErrors();
expose(new Service());
