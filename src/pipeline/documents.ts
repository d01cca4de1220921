import type { Skip } from '../domain/files';
import type { DocumentFile, DocumentPage } from '../domain/remote';
import { sniff } from '../images/sniff';
import { sha256 } from './hash';
import type { Ledger, TakenDocument } from './ledger';

/** Lists and keeps a page of documents. A document without a picture is a skipped file that says its `_id`. */
export async function takePage(ledger: Ledger, { files, columns, source }: DocumentPage): Promise<void> {
  const modified = Date.now();
  const documents = await Promise.all(files.map((file) => taken(file, modified)));
  await ledger.takeDocuments(documents, columns, source);
}

async function taken({ path, bytes, fault }: DocumentFile, modified: number): Promise<TakenDocument> {
  const file = { path, size: bytes.length, modified };
  if (fault !== undefined) return { ...file, skip: { code: 'record', detail: fault } satisfies Skip };
  if (!sniff(bytes)) return { ...file, skip: { code: 'not-image' } satisfies Skip };
  return { ...file, hash: await sha256(bytes), bytes };
}
