import { transferHandlers, type TransferHandler } from 'comlink';
import { fromRecord, toRecord, type ErrorRecord } from '../domain/errors';

/**
 * Makes errors cross Comlink as `ErrorRecord`, so that the code and its parameters survive; Comlink alone keeps only
 * the message. To be called once on both sides of a worker border.
 */
export function carryErrors(): void {
  const plain = transferHandlers.get('throw') as TransferHandler<{ value: unknown }, unknown>;
  const typed: TransferHandler<{ value: unknown }, ErrorRecord> = {
    canHandle: (value): value is { value: unknown } => plain.canHandle(value),
    serialize: ({ value }) => [toRecord(value), []],
    deserialize: (record) => {
      throw fromRecord(record);
    },
  };
  transferHandlers.set('throw', typed);
}
