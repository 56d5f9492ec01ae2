import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Rates, sumOf } from './figures.ts';
import { drawTable, plainLine, type View } from './table.ts';

const none = { suppressible: 0, unstoppable: 0, alwaysOn: 0, protected: 0, unknown: 0, stoppableNow: 0 };
const view: View = {
  rows: [
    {
      ...none,
      code: '8F3E',
      name: 'Unauthorised Communication Access attempted',
      alerts: 9000,
      messages: 900,
      rate: 120.4,
      alwaysOn: 9000,
      stoppableNow: 2250,
    },
    {
      ...none,
      code: '8014',
      name: 'Power Factor Threshold Below',
      alerts: 1000,
      messages: 500,
      rate: 10,
      suppressible: 450,
      unstoppable: 540,
      unknown: 10,
      stoppableNow: 450,
    },
  ],
  figures: { lag: 12, rejected: 3, halted: 0 },
  addresses: [['ClickHouse', 'http://127.0.0.1:8123']],
  upSeconds: 3725.9,
};

const plain = (columns: number, height: number) =>
  drawTable(view, columns, height).map((line) => stripVTControlCharacters(line));
const cells = (line: string | undefined) => line?.trim().split(/ {2,}/);

describe('drawTable', () => {
  it('shows totals, addresses, and a line a code with what can be done about its alerts', () => {
    const lines = plain(170, 40);
    expect(lines[0]).toContain('01:02:05');
    expect(lines[2]).toBe(
      'alerts 10,000   messages 1,400   130 alerts/s   lag 12   rejected 3   halted partitions 0',
    );
    expect(lines[4]).toMatch(/^ClickHouse +http:\/\/127\.0\.0\.1:8123$/);
    const heads = ['suppressible', 'unstoppable', 'always on', 'protected', 'unknown', 'stoppable now'];
    expect(cells(lines.at(-4))).toEqual(['code', 'name', 'alerts', 'alerts/s', ...heads]);
    expect(cells(lines.at(-3))).toEqual([
      '8F3E',
      'Unauthorised Communication Access attempted',
      '9,000',
      '120',
      '100.0%',
      '25.0%',
    ]);
    expect(cells(lines.at(-2))).toEqual([
      '8014',
      'Power Factor Threshold Below',
      '1,000',
      '10',
      ...['45.0%', '54.0%', '1.0%', '45.0%'],
    ]);
    expect(cells(lines.at(-1))).toEqual(['all', '10,000', '130', '4.5%', '5.4%', '90.0%', '0.1%', '27.0%']);
  });

  it('has each share under its head', () => {
    for (const columns of [80, 170]) {
      const lines = plain(columns, 40);
      const end = (line: string | undefined, what: string) => line!.indexOf(what) + what.length;
      const [heads, row] = [lines.at(-4), lines.at(-2)];
      const [second, last] = columns === 80 ? ['unstop.', 'now'] : ['unstoppable', 'stoppable now'];
      expect(end(row, '54.0%')).toBe(end(heads, second));
      expect(row).toHaveLength(end(heads, last));
    }
  });

  it('keeps within the terminal', () => {
    for (const columns of [50, 80, 100]) {
      const lines = plain(columns, 11);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
      expect(lines.length).toBeLessThanOrEqual(11);
      expect(lines.at(-2)).toBe('and 1 more codes');
    }
    expect(plain(80, 40).at(-1)).toMatch(/27\.0%$/);
  });
});

describe('plainLine', () => {
  it('says the same without a terminal', () => {
    expect(plainLine(view)).toBe(
      '01:02:05 alerts=10000 messages=1400 rate=130/s lag=12 rejected=3 halted=0 suppressible=4.5% unstoppable=5.4% ' +
        'alwaysOn=90.0% protected=0.0% unknown=0.1% stoppableNow=27.0% 8F3E=9000 8014=1000',
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
  const reading = (alerts: number) => [{ code: 'X', alerts }];

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
