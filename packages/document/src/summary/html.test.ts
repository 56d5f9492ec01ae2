import type { Summary } from '@tocsin/answers';
import { expect, it } from 'vitest';
import { summaryHtml } from './html.ts';

const EVIL = '<script>alert("x")</script>';

const SUMMARY: Summary = {
  ...{ export: 'volume', class: 'red', file: 'x.html', scope: 'network', party: null, rows: 1234 },
  period: { from: '2020-06-30T23:00:00Z', to: '2020-07-31T23:00:00Z' },
  query: { class: 'red', grain: 'day', by: 'code' },
  madeAt: '2020-08-01T10:00:00Z',
  data: { version: 'abc', exact: false, ledger: null },
  counts: ['alerts', 'messages'],
  drawn: { first: 1, unit: 'alerts' },
  all: [123_456, 789],
  tables: [
    {
      ...{ column: 'time', title: 'By day, Europe/London' },
      rows: [
        { name: '2020-06-30 23:00:00', values: [5, 4] },
        { name: '2020-07-01 23:00:00', values: [7, 6] },
      ],
    },
    {
      ...{ column: 'code', title: 'By code' },
      rows: [
        { name: EVIL, values: [900, 90] },
        { name: '', values: [800, 80] },
        ...Array.from({ length: 45 }, (_, i) => ({ name: `C${i}`, values: [45 - i, 1] })),
      ],
    },
    { column: 'model', title: 'By model', rows: [] },
  ],
};
const html = summaryHtml(SUMMARY);

it('tells days as London has them, with units on the axes', () => {
  expect(html).toContain('<td>2020-07-01</td><td class="numbers">5</td>');
  expect(html).toContain('From 2020-07-01 00:00 to 2020-08-01 00:00');
  expect(html).toContain('time, Europe/London');
  expect(html.match(/>alerts<\/text>/g)).toHaveLength(2);
});

it('puts what is beyond the table together, so that its columns are the sums', () => {
  // Forty rows are shown: two, and 38 of the 45; the others have 7 down to 1.
  expect(html).toContain('<td>7 others</td><td class="numbers">28</td><td class="numbers">7</td>');
  expect(html).toContain('<td>–</td><td class="numbers">800</td>');
});

it('says what it was made of, and that something came meanwhile', () => {
  expect(html).toContain('<td>abc, and what came while it was read</td>');
  expect(html).toContain('class=red&#x26;grain=day&#x26;by=code');
});

it('needs no script and nothing beside it, and takes nothing of what is told for markup', () => {
  expect(html).not.toMatch(/<script|<link|<img|\ssrc=|@import|javascript:/i);
  expect(html).toContain('There is nothing.');
});
