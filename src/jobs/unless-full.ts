import { toRecord } from '../domain/errors';

/** For what may be left undone without space: `instead` where there is none; every other error is thrown again. */
export const unlessFull =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (toRecord(error).code === 'quota') return instead;
    throw error;
  };
