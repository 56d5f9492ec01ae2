import { expect, it } from 'vitest';
import { represent } from './formats.ts';

const told = {
  more: false,
  rows: [
    { time: null, values: { code: '8014' }, list: [{ a: 1 }], again: true },
    { time: '2020-07-07T10:00:00Z', values: { code: '=cmd, "x"' }, list: [], again: false },
  ],
};

it('CSV has a column for each field of a row, and no formula', () => {
  expect(represent('text/csv', told, 'rows')).toBe(
    'time,values.code,list,again\n,8014,"[{""a"":1}]",true\n2020-07-07T10:00:00Z,"\'=cmd, ""x""",[],false\n',
  );
});

it('NDJSON has a line for each row, JSON the whole', () => {
  expect(
    represent('application/x-ndjson', told, 'rows')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(told.rows);
  expect(JSON.parse(represent('application/json', told, 'rows'))).toEqual(told);
});
