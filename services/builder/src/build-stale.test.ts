import { describe, expect, it } from 'vitest';
import { groupBuckets } from './build-stale.ts';

const HOUR = 3600;
/** Of each hour from midnight on how many messages, null where it is not stale. */
const buckets = (...accepted: (number | null)[]) =>
  accepted.flatMap((n, hour) => {
    const bucket = new Date(Date.UTC(2026, 4, 1, hour)).toISOString().slice(0, 19).replace('T', ' ');
    return n === null ? [] : [{ bucket, accepted: n, due: true }];
  });
const sizes = (...accepted: (number | null)[]) =>
  [...groupBuckets(buckets(...accepted), HOUR)].map((group) => group.length);

describe('groupBuckets', () => {
  it('takes a day of small buckets at once', () => expect(sizes(...Array(50).fill(1))).toEqual([24, 24, 2]));

  it('takes fewer where they are large, and one that is too large alone', () =>
    expect(sizes(3e6, 2e6, 1, 9e6, 1)).toEqual([2, 1, 1, 1]));

  it('takes none together with time in between', () =>
    expect(sizes(1, 1, null, 1, ...Array(700).fill(null), 1, 1)).toEqual([2, 1, 2]));

  it('keeps the order and loses none', () => {
    const all = buckets(4e6, 4e6, 1, null, 2, 3);
    expect([...groupBuckets(all, HOUR)].flat()).toEqual(all);
    expect([...groupBuckets([], HOUR)]).toEqual([]);
  });
});
