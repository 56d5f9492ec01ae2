import { expect, test } from 'vitest';
import { RejectGuard } from './reject-limit.ts';

const tally = (records: number, rejected: number) => ({
  records,
  rejected,
  accepted: records - rejected,
  duplicates: 0,
});

const halts = expect.objectContaining({ reason: 'too-many-rejects' });

test('a few rejects pass, many halt', () => {
  const guard = new RejectGuard({ share: 0.5, records: 100 });
  guard.check(tally(100, 50));
  expect(() => guard.check(tally(100, 51))).toThrow(halts);
});

test('small blocks are judged together, over the records of the limit', () => {
  const guard = new RejectGuard({ share: 0.5, records: 100 });
  for (let n = 0; n < 9; n++) guard.check(tally(10, 10));
  expect(() => guard.check(tally(10, 10))).toThrow(halts);
});

test('what lies further back no longer tells', () => {
  const guard = new RejectGuard({ share: 0.5, records: 100 });
  guard.check(tally(1000, 0));
  guard.check(tally(100, 40));
  expect(() => guard.check(tally(100, 60))).toThrow(halts);
});

test('a block that halted is not remembered: mended, it passes', () => {
  const guard = new RejectGuard({ share: 0.1, records: 10 });
  expect(() => guard.check(tally(10, 10))).toThrow(halts);
  guard.check(tally(10, 1));
});
