import { putArriving, type Put } from '../../store/arriving-project';

/** Written together when there are this many bytes or records. */
const BATCH = { bytes: 4 << 20, records: 256 };

/** Gathers the records of an arriving project and writes them some at a time, counting the bytes that the books count. */
export class Arrival {
  /** Bytes of originals, thumbnails, vectors and the like. */
  storedBytes = 0;
  private puts: Put[] = [];
  private bytes = 0;

  constructor(
    readonly projectId: string,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** `bytes` is about what the record takes; `counted` what of it stands in the books. Errors: `quota`, `store`. */
  async put(put: Put, bytes: number, counted = 0): Promise<void> {
    this.puts.push(put);
    this.bytes += bytes;
    this.storedBytes += counted;
    if (this.bytes >= BATCH.bytes || this.puts.length >= BATCH.records) await this.flush();
  }

  async flush(): Promise<void> {
    this.signal?.throwIfAborted();
    const { puts } = this;
    this.puts = [];
    this.bytes = 0;
    if (puts.length) await putArriving(this.projectId, puts);
  }
}
