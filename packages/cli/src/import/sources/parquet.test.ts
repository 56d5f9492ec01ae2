import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openParquet } from './parquet.ts';

let file: string;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-parquet-'));
  file = join(folder, 'table.parquet');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const at = new Date('2020-07-07T10:00:00.250Z');

it('reads what is asked for as texts, row group after row group', async () => {
  const timestamp = (name: string, isAdjustedToUTC: boolean) =>
    ({
      name,
      type: 'INT64',
      repetition_type: 'OPTIONAL',
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC, unit: 'MICROS' },
    }) as const;
  const micros = BigInt(at.getTime()) * 1000n;
  const bytes = parquetWriteBuffer({
    columnData: [
      { name: 'text', data: ['a', null, 'c'] },
      { name: 'whole', data: [1n, 2n, 18446744073709551n] },
      { name: 'moment', data: [micros, micros, micros] },
      { name: 'civil', data: [micros, micros, null] },
      { name: 'left out', data: ['x', 'y', 'z'] },
    ],
    schema: [
      { name: 'root', num_children: 5 },
      { name: 'text', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL', converted_type: 'UTF8' },
      { name: 'whole', type: 'INT64', repetition_type: 'REQUIRED' },
      timestamp('moment', true),
      timestamp('civil', false),
      { name: 'left out', type: 'BYTE_ARRAY', repetition_type: 'REQUIRED', converted_type: 'UTF8' },
    ],
    rowGroupSize: 2,
  });
  await writeFile(file, new Uint8Array(bytes));
  const source = await openParquet(file);
  expect(source.columns).toEqual(['text', 'whole', 'moment', 'civil', 'left out']);
  expect(source.total).toBe(3);
  const rows = [];
  for await (const row of source.rows([0, 1, 2, 3])) rows.push(row);
  const utc = '2020-07-07T10:00:00.250Z';
  const civil = '2020-07-07T10:00:00.250';
  expect(rows).toEqual([
    { number: 1, cells: ['a', '1', utc, civil, ''] },
    { number: 2, cells: ['', '2', utc, civil, ''] },
    { number: 3, cells: ['c', '18446744073709551', utc, '', ''] },
  ]);
  expect(source.done()).toBe(3);
});

it('says which rows of which file are damaged', async () => {
  const data = Array.from({ length: 2000 }, (_, n) => `row ${n} ${(n * 7919) % 1009}`);
  const columnData = [{ name: 'text', data, type: 'STRING' as const }];
  const bytes = new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 1000 }));
  bytes.fill(0xff, bytes.length / 2 + 1000, bytes.length / 2 + 1400);
  await writeFile(file, bytes);
  const source = await openParquet(file);
  const numbers: number[] = [];
  const read = async () => {
    for await (const { number } of source.rows([0])) numbers.push(number);
  };
  await expect(read()).rejects.toThrow(/table\.parquet: rows 1001 to 2000 can't be read: /);
  expect(numbers).toHaveLength(1000);
});

it('says of another file that it is none', async () => {
  await writeFile(file, 'deviceId,alertCode\n');
  await expect(openParquet(file)).rejects.toThrow(/table\.parquet: is no Parquet file: /);
});
