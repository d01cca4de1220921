/** A document without a format: what a methods page is made of. Texts are plain; each format escapes them. */
export type Block =
  | { kind: 'title' | 'heading' | 'text' | 'code'; text: string }
  | { kind: 'facts'; rows: [label: string, value: string][] }
  | { kind: 'table'; caption: string; head: string[]; rows: string[][] }
  | { kind: 'list'; items: string[] };
