import { expect, test } from 'vitest';
import type { Plan } from './block.ts';
import { type LogCheck, type PartitionFacts, verifyLog } from './verify-log.ts';

const plan: Plan = {
  first: 100,
  last: 149,
  plannedAt: 0,
  rules: '1',
  tally: { records: 50, accepted: 50, rejected: 0, duplicates: 0 },
  checksum: '0',
};

const whole: PartitionFacts = {
  partition: 0,
  ledger: { first: 0, last: 149 },
  committed: { offset: 100, plan },
  blockAtCommit: { first: 100, last: 149 },
  log: { earliest: 0, latest: 200 },
};

const checksOf = (facts: Partial<PartitionFacts>): LogCheck[] =>
  verifyLog('c/alerts/1', ['c/alerts/1'], [{ ...whole, ...facts }]).map(({ check }) => check);

test('a whole partition has nothing to be said of', () => {
  expect(checksOf({})).toEqual([]);
  expect(checksOf({ committed: { offset: 150, plan: null }, blockAtCommit: null })).toEqual([]);
  expect(checksOf({ ledger: null, committed: { offset: null, plan: null }, blockAtCommit: null })).toEqual(
    [],
  );
});

test.each<[LogCheck, Partial<PartitionFacts>]>([
  ['log-end', { log: { earliest: 0, latest: 149 } }],
  ['log-start', { ledger: { first: 10, last: 149 } }],
  ['records-gone', { log: { earliest: 160, latest: 200 } }],
  ['commit-position', { committed: { offset: 151, plan: null } }],
  ['commit-position', { committed: { offset: 120, plan } }],
  ['plan-bounds', { blockAtCommit: { first: 100, last: 120 } }],
])('%s', (check, facts) => {
  expect(checksOf(facts)).toContain(check);
});

test.each([['other/alerts/1'], ['c/alerts/2']])('stream-identity: %s', (ledgered) => {
  const [difference] = verifyLog('c/alerts/1', ['c/alerts/1', ledgered], []);
  expect(difference?.check).toBe('stream-identity');
});
