import { expect, test } from 'vitest';
import type { Plan } from './block.ts';
import type { Halt } from './halt.ts';
import { type Recorded, resume } from './resume.ts';

const plan = (first: number, last: number, checksum = 'a'): Plan => ({
  first,
  last,
  plannedAt: 0,
  rules: '1',
  tally: { records: 1, accepted: 1, rejected: 0, duplicates: 0 },
  checksum,
});

const none = { offset: null, plan: null };
const at = (offset: number, standing: Plan | null = null) => ({ offset, plan: standing });
const log = { earliest: 0, latest: 1000 };
const A = plan(0, 99);
const B = plan(100, 199);
const C = plan(200, 299);

test.each<[string, Recorded, { redo: Plan[]; next: number }]>([
  ['nothing on record', { committed: none, ledger: [], log }, { redo: [], next: 0 }],
  [
    'older records gone before the first block',
    { committed: none, ledger: [], log: { earliest: 50, latest: 60 } },
    { redo: [], next: 50 },
  ],
  ['a plan, not ledgered', { committed: at(0, A), ledger: [], log }, { redo: [A], next: 100 }],
  ['a plan, ledgered', { committed: at(100, B), ledger: [B], log }, { redo: [B], next: 200 }],
  ['a plan after a finished block', { committed: at(100, B), ledger: [A], log }, { redo: [B], next: 200 }],
  ['a finished block', { committed: at(200), ledger: [B], log }, { redo: [], next: 200 }],
  ['the commit expired', { committed: none, ledger: [B], log }, { redo: [B], next: 200 }],
  ['the commit was set back', { committed: at(100), ledger: [B, C], log }, { redo: [B, C], next: 300 }],
  [
    'the commit is ahead: the ledger is the position',
    { committed: at(500), ledger: [B], log },
    { redo: [B], next: 200 },
  ],
  [
    'a plan ahead of the ledger is none',
    { committed: at(500, plan(500, 599)), ledger: [B], log },
    { redo: [B], next: 200 },
  ],
  [
    'a store that is empty counts from the beginning',
    { committed: at(300), ledger: [], log },
    { redo: [], next: 0 },
  ],
])('%s', (_name, recorded, { redo, next }) => {
  expect(resume(recorded)).toEqual({ redo, recount: [], next });
});

test('a ledgered block whose records are gone is counted, not read', () => {
  const recorded = { committed: none, ledger: [B], log: { earliest: 150, latest: 1000 } };
  expect(resume(recorded)).toEqual({ redo: [], recount: [B], next: 200 });
});

test.each<[Halt['reason'], Recorded]>([
  ['topic-recreated', { committed: none, ledger: [B], log: { earliest: 0, latest: 199 } }],
  ['records-gone', { committed: at(200), ledger: [B], log: { earliest: 201, latest: 1000 } }],
  ['records-gone', { committed: at(100, B), ledger: [A], log: { earliest: 150, latest: 1000 } }],
  ['records-gone', { committed: at(10), ledger: [], log: { earliest: 50, latest: 60 } }],
  ['plan-conflict', { committed: at(100, plan(100, 150)), ledger: [B], log }],
  ['plan-conflict', { committed: at(100, plan(100, 199, 'b')), ledger: [B], log }],
])('halts: %s', (reason, recorded) => {
  expect(() => resume(recorded)).toThrow(expect.objectContaining({ reason }));
});
