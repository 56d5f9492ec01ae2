import { expect, it } from 'vitest';
import type { Viewer } from '../guard/viewer.ts';
import { createUnderWay } from './under-way.ts';

const supplier: Viewer = { subject: 'a', role: 'supplier', party: 'sup-01' };

it('exports under way are two of one asker and eight of all, until they are over', () => {
  const begin = createUnderWay();
  const askers = ['a', 'b', 'c', 'd'].map((subject) => ({ ...supplier, subject }));
  const over = askers.flatMap((one) => [begin(one), begin(one)]);
  expect(() => begin(askers[0]!)).toThrow('at most 2 exports of yours');
  expect(() => begin({ ...supplier, subject: 'e' })).toThrow('8 of all');
  over[0]!();
  begin({ ...supplier, subject: 'e' });
  expect(() => begin(askers[0]!)).toThrow();
});
