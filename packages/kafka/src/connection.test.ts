import kafkajs from 'kafkajs';
import { expect, test } from 'vitest';
import { isRetryableKafkaError } from './connection.ts';

const { KafkaJSConnectionError, KafkaJSNonRetriableError, KafkaJSNumberOfRetriesExceeded } = kafkajs;

const permanent = (cause?: Error) => Object.assign(new KafkaJSNonRetriableError('wrapped'), { cause });
const gone = new Error('Broker not connected');
const closed = new KafkaJSConnectionError('Closed connection');

test.each<[string, unknown, boolean]>([
  ['a lost connection', closed, true],
  ['a lost connection, all tries used up', permanent(closed), true],
  ['the same, in nested tries', permanent(permanent(closed)), true],
  ['tries used up', new KafkaJSNumberOfRetriesExceeded(closed, { retryCount: 8, retryTime: 3000 }), true],
  ['a group without a coordinator yet', new kafkajs.KafkaJSGroupCoordinatorNotFound('none'), true],
  ['a connection found gone between two steps', gone, true],
  ['the same, wrapped as permanent', permanent(gone), true],
  ['a permanent error', permanent(), false],
  ['a permanent error of another', permanent(new Error('closed')), false],
  ['what is not of the client', new Error('Closed connection'), false],
])('%s', (_name, error, retryable) => {
  expect(isRetryableKafkaError(error)).toBe(retryable);
});
