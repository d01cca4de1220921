/** How a table of addresses is taken as images: one of each address. */
export interface AddressOptions {
  column: string;
  /** The servers that the person agreed to; what lies elsewhere is listed, and not fetched. */
  origins: string[];
}

export interface OriginCount {
  origin: string;
  count: number;
}

/** What a column of a table holds of addresses. */
export interface AddressColumn {
  name: string;
  /** Different addresses that can be fetched. */
  addresses: number;
  /** Rows with the address of a row before. */
  repeated: number;
  /** Rows without an address that can be fetched. */
  without: number;
  /** Where the addresses are, most of them first. */
  origins: OriginCount[];
}

/** The columns with addresses in them, that with the most first. */
export interface AddressSketch {
  rows: number;
  columns: AddressColumn[];
}

/** The bytes at an address. Rejects with an Error whose message says why there are none; `cancelled` when it was ended. */
export type FetchAddress = (address: string) => Promise<Uint8Array<ArrayBuffer>>;
