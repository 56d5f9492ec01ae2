import type { Manifest } from '@tocsin/answers';
import { describe, expect, it } from 'vitest';
import type { Viewer } from '../guard/viewer.ts';
import { createBook } from './book.ts';

const DAY = 86_400_000;
const supplier: Viewer = { subject: 'a', role: 'supplier', party: 'sup-01' };
const manifest = (id: string) => ({ id }) as Manifest;

describe('manifests', () => {
  it('are found by whoever made the export, in the same role and of the same party', () => {
    const book = createBook();
    book.keep(supplier, manifest('1'));
    expect(book.find(supplier, '1')).toEqual({ id: '1' });
    for (const other of [{ subject: 'b' }, { role: 'analyst' as const }, { party: 'sup-02' }])
      expect(book.find({ ...supplier, ...other }, '1')).toBeNull();
  });

  it('are kept for a day, and a hundred of one asker', () => {
    let now = 0;
    const book = createBook(() => now);
    for (let i = 0; i < 101; i++) book.keep(supplier, manifest(String(i)));
    expect([book.find(supplier, '0'), book.find(supplier, '1')]).toEqual([null, { id: '1' }]);
    now = DAY - 1;
    expect(book.find(supplier, '100')).not.toBeNull();
    now = DAY;
    expect(book.find(supplier, '100')).toBeNull();
  });
});

describe('exports under way', () => {
  it('are two of one asker and eight of all, until they are over', () => {
    const book = createBook();
    const askers = ['a', 'b', 'c', 'd'].map((subject) => ({ ...supplier, subject }));
    const over = askers.flatMap((one) => [book.begin(one), book.begin(one)]);
    expect(() => book.begin(askers[0]!)).toThrow('at most 2 exports of yours');
    expect(() => book.begin({ ...supplier, subject: 'e' })).toThrow('8 of all');
    over[0]!();
    book.begin({ ...supplier, subject: 'e' });
    expect(() => book.begin(askers[0]!)).toThrow();
  });
});
