import { expect, test } from 'vitest';
import { brokerProperties } from './properties.ts';

test('listens on loopback only, and what is given goes over what is set', () => {
  const lines = brokerProperties(9092, 9093, '/data/log', {
    'offsets.retention.minutes': '1',
    'node.id': '7',
  }).split('\n');
  expect(lines).toContain('listeners=PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093');
  expect(lines).toContain('auto.create.topics.enable=false');
  expect(lines).toContain('offsets.retention.minutes=1');
  expect(lines.filter((line) => line.startsWith('node.id='))).toEqual(['node.id=7']);
});
