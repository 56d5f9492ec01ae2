import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Rates, sumOf } from './figures.ts';
import { drawTable, plainLine, type View } from './table.ts';

const view: View = {
  rows: [
    {
      code: '8F3E',
      name: 'Unauthorised Communication Access attempted',
      alerts: 9000,
      messages: 900,
      rate: 120.4,
    },
    {
      code: '8014',
      name: 'Power Factor Threshold Below',
      alerts: 1000,
      messages: 500,
      rate: 10,
    },
  ],
  figures: { lag: 12, rejected: 3, halted: 0 },
  addresses: [['ClickHouse', 'http://127.0.0.1:8123']],
  upSeconds: 3725.9,
};

const plain = (columns: number, height: number) =>
  drawTable(view, columns, height).map((line) => stripVTControlCharacters(line));

describe('drawTable', () => {
  it('shows totals, addresses, and a line a code with its share', () => {
    const lines = plain(120, 40);
    expect(lines[0]).toContain('01:02:05');
    expect(lines[2]).toBe(
      'alerts 10,000   messages 1,400   130 alerts/s   lag 12   rejected 3   halted partitions 0',
    );
    expect(lines[4]).toMatch(/^ClickHouse +http:\/\/127\.0\.0\.1:8123$/);
    expect(lines.at(-2)).toMatch(/^8F3E +Unauthorised Communication Access attempted +9,000 +120 +90\.0%$/);
  });

  it('keeps within the terminal', () => {
    const lines = plain(50, 9);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(50);
    expect(lines.length).toBeLessThanOrEqual(9);
    expect(lines.at(-1)).toBe('and 1 more codes');
  });
});

describe('plainLine', () => {
  it('says the same without a terminal', () => {
    expect(plainLine(view)).toBe(
      '01:02:05 alerts=10000 messages=1400 rate=130/s lag=12 rejected=3 halted=0 8F3E=9000 8014=1000',
    );
    expect(
      plainLine({
        ...view,
        figures: { lag: null, rejected: null, halted: null },
      }),
    ).toContain('lag=–');
  });
});

describe('sumOf', () => {
  const text = '# HELP a_b x\n# TYPE a_b gauge\na_b{partition="0"} 5\na_b{partition="1"} 7\na_b_total 100\n';
  it('adds up one metric over its labels', () => {
    expect(sumOf('a_b', text)).toBe(12);
    expect(sumOf('a_b_total', text)).toBe(100);
    expect(sumOf('a', text)).toBeNull();
  });
});

describe('Rates', () => {
  const reading = (alerts: number) => [{ code: 'X', alerts, messages: 0 }];

  it('is the growth a second over the window', () => {
    const rates = new Rates(5000);
    expect(rates.of('X')).toBe(0);
    rates.add(reading(100), 0);
    expect(rates.of('X')).toBe(0);
    rates.add(reading(300), 1000);
    expect(rates.of('X')).toBe(200);
    for (let second = 2; second <= 10; second++) rates.add(reading(300), second * 1000);
    expect(rates.of('X')).toBe(0);
  });

  it('is not below zero when counts are set back', () => {
    const rates = new Rates(5000);
    rates.add(reading(100), 0);
    rates.add(reading(10), 1000);
    expect(rates.of('X')).toBe(0);
  });
});
