import { expect, it } from 'vitest';
import { z } from 'zod';
import { columnsOf } from './columns.ts';
import { represent } from './formats.ts';

const told = {
  more: false,
  rows: [
    { time: null, values: { code: '8014' }, list: [{ a: 1 }], again: true },
    { time: '2020-07-07T10:00:00Z', values: { code: '=cmd, "x"' }, list: [], again: false },
  ],
};

const ROW = z.strictObject({
  time: z.string().nullable(),
  values: z.record(z.string(), z.string()),
  list: z.array(z.unknown()),
  again: z.boolean(),
});

it('CSV has a column for each field of a row, and no formula', () => {
  expect(represent('text/csv', told, 'rows', ROW)).toBe(
    'time,values.code,list,again\n,8014,"[{""a"":1}]",true\n2020-07-07T10:00:00Z,"\'=cmd, ""x""",[],false\n',
  );
});

it('NDJSON has a line for each row, JSON the whole', () => {
  expect(
    represent('application/x-ndjson', told, 'rows', ROW)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(told.rows);
  expect(JSON.parse(represent('application/json', told, 'rows', ROW))).toEqual(told);
});

it('a table has the same columns whatever rows it has, and without any', () => {
  const row = z.strictObject({
    code: z.string(),
    cut: z.strictObject({ value: z.number(), low: z.number() }).nullable(),
    at: z.string().optional(),
    counts: z.record(z.string(), z.int()),
  });
  const columns = ['code', 'cut.value', 'cut.low', 'at'];
  expect(columnsOf(row, [])).toEqual(columns);
  const rows = [
    { code: '8014', cut: null, counts: { alerts: 1 } },
    { code: '8015', cut: { value: 2, low: 1 }, counts: { alerts: 2 } },
  ];
  expect(columnsOf(row, rows)).toEqual([...columns, 'counts.alerts']);
  expect(represent('text/csv', { rows }, 'rows', row)).toBe(
    'code,cut.value,cut.low,at,counts.alerts\n8014,,,,1\n8015,2,1,,2\n',
  );
  expect(represent('text/csv', { rows: [] }, 'rows', row)).toBe('code,cut.value,cut.low,at\n');
});
