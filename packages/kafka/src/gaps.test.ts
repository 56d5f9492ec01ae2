import { expect, test } from 'vitest';
import { Gaps } from './gaps.ts';

test('a batch begins where the gap before it does', () => {
  const gaps = new Gaps();
  gaps.add(0, 10, 19);
  gaps.add(1, 5, 5);
  gaps.add(0, 20, 24);
  expect(gaps.startOf(0, 25)).toBe(10);
  expect(gaps.startOf(1, 6)).toBe(5);
});

test('a gap that does not reach up to the batch, or has others before it, covers nothing else', () => {
  const gaps = new Gaps();
  gaps.add(0, 10, 19);
  gaps.add(0, 30, 34);
  expect(gaps.startOf(0, 35)).toBe(30);
  expect(gaps.startOf(0, 20)).toBe(20);
  expect(gaps.startOf(0, 36)).toBe(36);
  expect(gaps.startOf(2, 35)).toBe(35);
  gaps.clear();
  expect(gaps.startOf(0, 35)).toBe(35);
});
