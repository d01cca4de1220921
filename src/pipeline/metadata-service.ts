import { TesseraError } from '../domain/errors';
import type {
  JoinChoice,
  JoinList,
  JoinReport,
  MetadataService,
  ProjectColumn,
  ReportFraction,
  TableEntry,
  TableSketch,
} from '../domain/metadata';
import type { JoinKey, Table } from '../domain/table';
import { joinCandidates, joinTable, type Joined } from '../sources/table/join';
import { readTable } from '../sources/table/read-table';
import { loadFacts } from '../store/facts';
import { readRecordChunks } from '../store/records';
import * as store from '../store/tables';
import { listCsv, reportOf } from './join-report';
import { joinImages, projectColumns } from './project-columns';
import { readImages, readTargets } from './project-images';
import { sketchTable } from './sketch';

/** Tables of metadata: one is held while a person looks at it; the kept ones are read when columns are asked for. */
export class Metadata implements MetadataService {
  private table: Table | null = null;
  private paths: readonly string[] = [];
  private last: { key: JoinKey; joined: Joined } | null = null;

  async read(file: File, report: ReportFraction): Promise<TableSketch> {
    return this.hold(await readTable(file, report));
  }

  async open(projectId: string, tableId: string): Promise<TableSketch> {
    return this.hold((await store.readTable(projectId, tableId)).table);
  }

  async choices(
    projectId: string,
    except: string | null,
    report: ReportFraction,
  ): Promise<{ images: number; choices: JoinChoice[] }> {
    this.paths = await readTargets(projectId, except);
    const found = joinCandidates(this.paths, this.held, report);
    const choices = found.map(({ column, by, extension, ignoreCase, matched }) => ({
      column,
      by,
      extension,
      ignoreCase,
      matched,
    }));
    return { images: this.paths.length, choices };
  }

  async join(key: JoinKey): Promise<JoinReport> {
    this.last = { key, joined: joinTable(this.paths, this.held, key) };
    return reportOf({ paths: this.paths, table: this.held, ...this.last });
  }

  async list(kind: JoinList): Promise<Uint8Array<ArrayBuffer>> {
    if (!this.last)
      throw new TesseraError('internal', 'No table is joined: call join() before asking for a list.');
    return listCsv({ paths: this.paths, table: this.held, ...this.last }, kind);
  }

  async keep(projectId: string, name: string, key: JoinKey): Promise<string> {
    return (await store.addTable(projectId, name, key, this.held)).id;
  }

  changeKey(projectId: string, tableId: string, key: JoinKey): Promise<void> {
    return store.changeTableKey(projectId, tableId, key);
  }

  remove(projectId: string, tableId: string): Promise<void> {
    return store.setTableRemoved(projectId, tableId, true);
  }

  restore(projectId: string, tableId: string): Promise<void> {
    return store.setTableRemoved(projectId, tableId, false);
  }

  async columns(
    projectId: string,
    purge: boolean,
  ): Promise<{ columns: ProjectColumn[]; tables: TableEntry[] }> {
    if (purge) await store.purgeTables(projectId);
    const images = await readImages(projectId);
    const [records, facts, kept] = await Promise.all([
      readRecordChunks(projectId),
      loadFacts(projectId, images.paths.length),
      store.readTables(projectId),
    ]);
    const columns = projectColumns(images, { records, facts, tables: kept });
    const tables = kept.map(({ id, name, addedAt, key, table }) => {
      const joined = joinImages(images, table, key);
      const report = reportOf({ paths: images.paths, table, key, joined });
      return { id, name, addedAt, key, rows: table.n, report };
    });
    return { columns, tables };
  }

  private get held(): Table {
    if (!this.table) throw new TesseraError('internal', 'No table is held: call read() or open() first.');
    return this.table;
  }

  private hold(table: Table): TableSketch {
    this.table = table;
    this.last = null;
    return sketchTable(table);
  }
}
