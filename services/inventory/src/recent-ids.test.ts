import { expect, test } from 'vitest';
import { RecentIds } from './recent-ids.ts';

test("an id counts once within the window, and is its device's own", () => {
  const recent = new RecentIds(10);
  expect(recent.seen('a', 'wave-1', 100)).toBe(false);
  expect(recent.seen('b', 'wave-1', 101)).toBe(false);
  // What comes again does not prolong the window: it is about accepted ids.
  expect(recent.seen('a', 'wave-1', 110)).toBe(true);
  expect(recent.seen('a', 'wave-1', 111)).toBe(false);
});

test.each([1, 2, 3, 10, 64, 1000])('answers as the plainest window of %i does, over gaps and ids', (size) => {
  const recent = new RecentIds(size);
  const accepted = new Map<string, number>();
  const plain = (id: string, offset: number) => {
    if (offset - (accepted.get(id) ?? Number.NEGATIVE_INFINITY) <= size) return true;
    accepted.set(id, offset);
    return false;
  };
  let state = size;
  const draw = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let offset = 0, n = 0; n < 20_000; n++) {
    offset += 1 + (draw(10) === 0 ? draw(size * 2) : 0);
    const id = String(draw(size * 2));
    expect([offset, recent.seen('d', id, offset)]).toEqual([offset, plain(id, offset)]);
  }
});

test('begun anew at an earlier offset, it knows what it is told and nothing from before', () => {
  const recent = new RecentIds(5);
  for (let offset = 1000; offset < 1100; offset++) recent.seen('d', String(offset), offset);
  recent.clear();
  expect(recent.seen('d', '1099', 0)).toBe(false);
  expect(recent.seen('d', '1099', 5)).toBe(true);
  expect(recent.seen('d', '1099', 6)).toBe(false);
});
