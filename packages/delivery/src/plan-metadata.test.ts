import { expect, test } from 'vitest';
import type { Plan } from './block.ts';
import { decodePlan, encodePlan } from './plan-metadata.ts';

const plan: Plan = {
  first: 9_007_199_254_740_000,
  last: 9_007_199_254_740_990,
  plannedAt: 1_594_116_000_123,
  rules: '1',
  tally: { records: 991, accepted: 980, rejected: 10, duplicates: 1 },
  checksum: 'deadbeef',
};

test('a plan comes back as it went', () => {
  expect(decodePlan(encodePlan(plan))).toEqual(plan);
  expect(Buffer.byteLength(encodePlan(plan))).toBeLessThan(4096);
});

test('a plan that Kafka would refuse is not sent', () => {
  expect(() => encodePlan({ ...plan, rules: 'x'.repeat(4096) })).toThrow('too long');
});

test.each([
  null,
  '',
  'kafka-consumer-groups',
  '[]',
  'null',
  '{"v":2}',
  encodePlan(plan).replace('"last":9', '"last":-9'),
  encodePlan(plan).replace('[991,', '["991",'),
  encodePlan({ ...plan, first: plan.last + 1 }),
])('what is not a plan counts as none: %s', (metadata) => {
  expect(decodePlan(metadata)).toBeNull();
});
