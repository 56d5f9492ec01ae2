import { expect, test } from 'vitest';
import { DuplicateWindow } from './deduplicate.ts';

const id = (counterLo: number, target = 7) => ({
  originator: { hi: 1, lo: 2 },
  target: { hi: 0, lo: target },
  counterHi: 0,
  counterLo,
  alertCode: '8F3E',
});

/** What the window promises, in the plainest way: accepted ids by their newest offset. */
class PlainWindow {
  readonly #accepted = new Map<number, number>();
  readonly #size: number;
  constructor(size: number) {
    this.#size = size;
  }
  seen(counter: number, offset: number): boolean {
    const before = this.#accepted.get(counter);
    if (before !== undefined && offset - before <= this.#size) return true;
    this.#accepted.set(counter, offset);
    return false;
  }
}

test('an id counts once within the window and again beyond it', () => {
  const window = new DuplicateWindow(10);
  expect(window.seen(id(1), 100)).toBe(false);
  expect(window.seen(id(1), 105)).toBe(true);
  // A duplicate does not prolong the window: it is about accepted ids.
  expect(window.seen(id(1), 110)).toBe(true);
  expect(window.seen(id(1), 111)).toBe(false);
});

test('every part of the id tells', () => {
  const window = new DuplicateWindow(10);
  const one = id(1);
  window.seen(one, 0);
  expect(window.seen({ ...one, counterHi: 1 }, 1)).toBe(false);
  expect(window.seen({ ...one, target: { hi: 1, lo: 7 } }, 2)).toBe(false);
  expect(window.seen({ ...one, originator: { hi: 2, lo: 2 } }, 3)).toBe(false);
  expect(window.seen({ ...one, alertCode: '8F12' }, 4)).toBe(false);
  expect(window.seen(one, 5)).toBe(true);
});

test('answers as the plain window does, over many sizes, gaps and ids', () => {
  for (const size of [1, 2, 3, 10, 64, 1000]) {
    const window = new DuplicateWindow(size);
    const plain = new PlainWindow(size);
    let state = size;
    const draw = (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    for (let offset = 0, n = 0; n < 20_000; n++) {
      offset += 1 + (draw(10) === 0 ? draw(size * 2) : 0);
      const counter = draw(size * 2);
      expect([offset, window.seen(id(counter), offset)]).toEqual([offset, plain.seen(counter, offset)]);
    }
  }
});

test('filled from what was accepted, it answers as before', () => {
  const window = new DuplicateWindow(5);
  const accepted = [1, 2, 3, 1, 4, 5, 6, 2].flatMap((counter, offset) =>
    window.seen(id(counter), offset) ? [] : [{ counter, offset }],
  );
  const again = new DuplicateWindow(5);
  again.seen(id(99), 0);
  again.clear();
  for (const { counter, offset } of accepted.filter(({ offset }) => offset >= 3))
    again.seen(id(counter), offset);
  for (const counter of [1, 2, 3, 4, 5, 6]) {
    const expected = window.seen(id(counter), 8 + counter);
    expect([counter, again.seen(id(counter), 8 + counter)]).toEqual([counter, expected]);
  }
});
