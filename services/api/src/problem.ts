import { NotYours, Unknown } from '@tocsin/answers';
import { isRetryable, StoreTimeoutError } from '@tocsin/clickhouse';
import { z } from 'zod';
import { NoKeys } from './guard/verify.ts';
import { Refused } from './guard/viewer.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** RFC 9457. */
export const PROBLEM = z.strictObject({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  /** By which the log has it. */
  requestId: z.string(),
  /** What of the request is at fault. */
  errors: z.array(z.strictObject({ field: z.string(), value: z.string(), expected: z.string() })).optional(),
});

type Fault = NonNullable<z.output<typeof PROBLEM>['errors']>[number];

/** What was asked can't be meant. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(({ field, value, expected }) => `${field} ${value}: ${expected}`).join('; '));
    this.faults = faults;
  }
}

/** More than one may ask for, in a minute or at a time. */
export class TooMany extends Error {
  override readonly name = 'TooMany';
  readonly statusCode = 429;
}

/** No representation that would be accepted. */
export class NotAcceptable extends Error {
  override readonly name = 'NotAcceptable';
  readonly field = 'Accept';
  readonly value: string;
  readonly expected: string;

  constructor(accept: string | undefined, offered: readonly string[]) {
    const expected = `expected one of ${offered.join(', ')}`;
    super(`Accept ${accept ?? ''}: ${expected}`);
    this.value = accept ?? '';
    this.expected = expected;
  }
}

/** The address is there, but not for this method. */
export class MethodNotAllowed extends Error {
  override readonly name = 'MethodNotAllowed';
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Who asks is not known',
  403: 'Not for you',
  404: 'There is no such thing',
  405: 'Not by this method',
  406: 'No such format',
  413: 'The request is too large',
  414: 'The address is too long',
  415: 'Nothing is read of a request but its address',
  422: 'Too much for one question',
  429: 'Too many requests',
  500: 'A fault of ours',
  503: 'The store does not answer',
  504: 'The question takes too long',
};

const NO_MEMORY = '241';
const TOO_LONG = ['159', '394'];

/** What is told of an error: never more of a fault of ours than that it is one. */
export function problemOf(error: unknown, requestId: string): z.output<typeof PROBLEM> {
  const status = statusOf(error);
  const faults = faultsOf(error);
  return {
    type: 'about:blank',
    title: error instanceof NoKeys ? 'The issuer does not answer' : (TITLES[status] ?? 'The request failed'),
    status,
    detail: status >= 500 || status === 422 ? DETAILS[status]! : (error as Error).message,
    requestId,
    ...(faults.length > 0 ? { errors: faults } : {}),
  };
}

const faultsOf = (error: unknown): Fault[] =>
  error instanceof BadRequest
    ? [...error.faults]
    : error instanceof Unknown || error instanceof NotAcceptable
      ? [{ field: error.field, value: error.value, expected: error.expected }]
      : [];

const DETAILS: Readonly<Record<number, string>> = {
  422: 'It needs more memory than one question may have (QUERY_MEMORY_MB): ask for a shorter period, or for less to be told apart.',
  500: 'The log has the reason under this request id.',
  503: 'Try again in a while.',
  504: 'Ask for a shorter period, or for less to be told apart.',
};

function statusOf(error: unknown): number {
  if (error instanceof BadRequest) return 400;
  if (error instanceof Refused) return 401;
  if (error instanceof NoKeys) return 503;
  if (error instanceof NotYours) return 403;
  if (error instanceof Unknown) return 404;
  if (error instanceof MethodNotAllowed) return 405;
  if (error instanceof NotAcceptable) return 406;
  const { code = '', statusCode } = error as { code?: string; statusCode?: number };
  if (code === NO_MEMORY) return 422;
  if (error instanceof StoreTimeoutError || TOO_LONG.includes(code)) return 504;
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return statusCode;
  return isRetryable(error) ? 503 : 500;
}
