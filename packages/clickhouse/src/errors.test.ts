import { ClickHouseError } from '@clickhouse/client';
import { describe, expect, it } from 'vitest';
import { isRetryable, StoreTimeoutError } from './errors.ts';

const server = (code: string, type: string) => new ClickHouseError({ code, type, message: 'Timeout error.' });
const socket = (code: string) => Object.assign(new Error('x'), { code });

describe('isRetryable', () => {
  it.each([
    ['our own time-out', new StoreTimeoutError(1, undefined)],
    ['too many parts', server('252', 'TOO_MANY_PARTS')],
    ['refused', socket('ECONNREFUSED')],
    ['refused at every address', new AggregateError([socket('ECONNREFUSED'), socket('ECONNREFUSED')])],
    ['wrapped', new Error('insert', { cause: socket('ECONNRESET') })],
  ])('%s may pass', (_, error) => expect(isRetryable(error)).toBe(true));

  it.each([
    ['a syntax error, whatever its text', server('62', 'SYNTAX_ERROR')],
    ['an unknown table', server('60', 'UNKNOWN_TABLE')],
    ['an error without a code, whatever its text', new Error('Timeout error. ECONNRESET')],
    ['one address that will never do', new AggregateError([socket('ECONNREFUSED'), socket('EACCES')])],
    ['nothing at all', undefined],
  ])('%s does not', (_, error) => expect(isRetryable(error)).toBe(false));
});
