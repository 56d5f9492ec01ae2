import type { WriteStream } from 'node:tty';
import { expect, it } from 'vitest';
import { progressBar, progressText } from './progress-bar.ts';

it('says how far it has come and how long it will take', () => {
  expect(progressText(0, 2000, 'rows', 0)).toBe('0% 0 of 2,000 rows');
  expect(progressText(500, 2000, 'rows', 10)).toBe('25% 500 of 2,000 rows, 30 s left');
  expect(progressText(1999, 2000, 'rows', 10)).toBe('99% 1,999 of 2,000 rows, 1 s left');
  expect(progressText(2100, 2000, 'rows', 10)).toBe('100% 2,100 of 2,000 rows, 0 s left');
  expect(progressText(0, 0, 'rows', 10)).toBe('100% 0 of 0 rows, 0 s left');
  expect(progressText(60, Number.POSITIVE_INFINITY, 'MB', 3)).toBe('60 MB, 20 a second');
});

function written(isTTY: boolean, plain: boolean): string {
  const parts: string[] = [];
  const out = { isTTY, write: (part: string) => parts.push(part) };
  const bar = progressBar({ unit: 'rows', title: 'load', plain }, out as unknown as WriteStream);
  bar.show(15, 30);
  bar.show(30, 30);
  bar.end();
  return parts.join('').replaceAll('\x1b[K', '|');
}

it('draws over itself on a terminal, and elsewhere says a line now and then if that is wanted', () => {
  expect(written(true, false)).toMatch(/^\rload █{15}░{15} 50% .*\|\rload █{30} 100% .*\|\n$/);
  expect(written(false, true)).toMatch(/^load 50% 15 of 30 rows, \d+ s left\n$/);
  expect(written(false, false)).toBe('');
});
