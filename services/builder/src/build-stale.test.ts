import { describe, expect, it } from 'vitest';
import { groupBuckets } from './build-stale.ts';

const buckets = (...accepted: number[]) =>
  accepted.map((n, i) => ({ bucket: `2026-05-01 ${i}`, accepted: n, due: true }));
const sizes = (...accepted: number[]) => [...groupBuckets(buckets(...accepted))].map((group) => group.length);

describe('groupBuckets', () => {
  it('takes a day of small buckets at once', () => expect(sizes(...Array(50).fill(1))).toEqual([24, 24, 2]));

  it('takes fewer where they are large, and one that is too large alone', () =>
    expect(sizes(3e6, 2e6, 1, 9e6, 1)).toEqual([2, 1, 1, 1]));

  it('keeps the order and loses none', () => {
    const all = buckets(4e6, 4e6, 1, 2, 3);
    expect([...groupBuckets(all)].flat()).toEqual(all);
    expect([...groupBuckets([])]).toEqual([]);
  });
});
