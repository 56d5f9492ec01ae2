import { ClickHouseError } from '@clickhouse/client';

/**
 * Server codes after which the same request may succeed, with the server's own names. An insert that failed
 * with one of them may nevertheless have been stored: count before trying again.
 */
export const RETRYABLE_CODES: ReadonlyMap<number, string> = new Map([
  [3, 'UNEXPECTED_END_OF_FILE'],
  [159, 'TIMEOUT_EXCEEDED'],
  [202, 'TOO_MANY_SIMULTANEOUS_QUERIES'],
  [203, 'NO_FREE_CONNECTION'],
  [209, 'SOCKET_TIMEOUT'],
  [210, 'NETWORK_ERROR'],
  [225, 'NO_ZOOKEEPER'],
  [236, 'ABORTED'],
  [241, 'MEMORY_LIMIT_EXCEEDED'],
  [242, 'TABLE_IS_READ_ONLY'],
  [243, 'NOT_ENOUGH_SPACE'],
  [252, 'TOO_MANY_PARTS'],
  [279, 'ALL_CONNECTION_TRIES_FAILED'],
  [285, 'TOO_FEW_LIVE_REPLICAS'],
  [286, 'UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE'],
  [319, 'UNKNOWN_STATUS_OF_INSERT'],
  [394, 'QUERY_WAS_CANCELLED'],
  [425, 'SYSTEM_ERROR'],
  [439, 'CANNOT_SCHEDULE_TASK'],
  [473, 'DEADLOCK_AVOIDED'],
  [517, 'CANNOT_ASSIGN_ALTER'],
  [745, 'SERVER_OVERLOADED'],
  [999, 'KEEPER_EXCEPTION'],
]);

const RETRYABLE_SOCKET = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** A request that got no answer within `milliseconds`; whether the server carried it out is not known. */
export class StoreTimeoutError extends Error {
  readonly code = 'STORE_TIMEOUT';
  constructor(milliseconds: number, cause: unknown) {
    super(`ClickHouse gave no answer within ${milliseconds} ms`, { cause });
    this.name = 'StoreTimeoutError';
  }
}

/** Whether the same request may succeed later, judged by type and code alone; what is not known is permanent. */
export function isRetryable(error: unknown): boolean {
  if (error instanceof StoreTimeoutError) return true;
  if (error instanceof ClickHouseError) return RETRYABLE_CODES.has(Number(error.code));
  if (!(error instanceof Error)) return false;
  const code = (error as NodeJS.ErrnoException).code;
  if (code !== undefined && RETRYABLE_SOCKET.has(code)) return true;
  if (error instanceof AggregateError) return error.errors.every(isRetryable);
  return isRetryable(error.cause);
}
