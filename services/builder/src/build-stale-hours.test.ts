import { describe, expect, it } from 'vitest';
import { groupHours } from './build-stale-hours.ts';

const hours = (...accepted: number[]) =>
  accepted.map((n, i) => ({ hour: `2026-05-01 ${i}`, accepted: n, due: true }));
const sizes = (...accepted: number[]) => [...groupHours(hours(...accepted))].map((group) => group.length);

describe('groupHours', () => {
  it('takes a day of small hours at once', () => expect(sizes(...Array(50).fill(1))).toEqual([24, 24, 2]));

  it('takes fewer where they are large, and one that is too large alone', () =>
    expect(sizes(3e6, 2e6, 1, 9e6, 1)).toEqual([2, 1, 1, 1]));

  it('keeps the order and loses none', () => {
    const all = hours(4e6, 4e6, 1, 2, 3);
    expect([...groupHours(all)].flat()).toEqual(all);
    expect([...groupHours([])]).toEqual([]);
  });
});
