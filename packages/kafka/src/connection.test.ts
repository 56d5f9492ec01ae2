import kafkajs from 'kafkajs';
import { expect, test } from 'vitest';
import { isRetryableKafkaError, reach } from './connection.ts';

const { KafkaJSConnectionError, KafkaJSNonRetriableError, KafkaJSNumberOfRetriesExceeded } = kafkajs;

const permanent = (cause?: Error) => Object.assign(new KafkaJSNonRetriableError('wrapped'), { cause });
const closed = new KafkaJSConnectionError('Closed connection');

test.each<[string, unknown, boolean]>([
  ['a lost connection', closed, true],
  ['a lost connection, all tries used up', permanent(closed), true],
  ['the same, in nested tries', permanent(permanent(closed)), true],
  ['tries used up', new KafkaJSNumberOfRetriesExceeded(closed, { retryCount: 8, retryTime: 3000 }), true],
  ['a group without a coordinator yet', new kafkajs.KafkaJSGroupCoordinatorNotFound('none'), true],
  ['a permanent error', permanent(), false],
  ['a permanent error of another', permanent(new Error('closed')), false],
  ['what is not of the client', new Error('Closed connection'), false],
])('%s', (_name, error, retryable) => {
  expect(isRetryableKafkaError(error)).toBe(retryable);
});

test('a connection that the client finds gone between two steps is a lost one', async () => {
  const gone = await reach(() => Promise.reject(new Error('Broker not connected'))).catch((error) => error);
  expect(isRetryableKafkaError(gone)).toBe(true);
  expect(gone.message).toBe('Broker not connected');
});

test('other errors are thrown as they are', async () => {
  const refused = permanent();
  await expect(reach(() => Promise.reject(refused))).rejects.toBe(refused);
  expect(await reach(async () => 7)).toBe(7);
});
