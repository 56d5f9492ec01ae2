import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openCsv } from './csv.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-csv-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function read(text: string, delimiter = ',') {
  const file = join(folder, 'table.csv');
  await writeFile(file, text);
  const source = await openCsv(file, delimiter);
  const rows = [];
  for await (const row of source.rows([])) rows.push(row);
  return { source, rows };
}

it('reads cells with quotes, delimiters and line ends in them, after a byte order mark', async () => {
  const { source, rows } = await read('\uFEFFa;b \r\n1;"x;""y""\nz"\r\n\r\n;\r\n', ';');
  expect(source.columns).toEqual(['a', 'b']);
  expect(rows).toEqual([
    { number: 3, cells: ['1', 'x;"y"\nz'] },
    { number: 5, cells: ['', ''] },
  ]);
  expect(source.done()).toBe(source.total);
});

it('takes any line end at any line, also across the chunks in which a file is read', async () => {
  const { rows } = await read('a,b\r\n1,2\n3,4\r5,6\r\n"7\n",8');
  expect(rows).toEqual([
    { number: 2, cells: ['1', '2'] },
    { number: 3, cells: ['3', '4'] },
    { number: 4, cells: ['5', '6'] },
    { number: 6, cells: ['7\n', '8'] },
  ]);
  const many = Array.from({ length: 30_000 }, (_, n) => `${n % 7 === 0 ? '' : n},x\r\n`);
  const long = await read(`a,b\r\n${many.join('')}`);
  expect(long.rows).toHaveLength(30_000);
  expect(long.rows.findIndex((row, n) => row.number !== n + 2 || 'broken' in row)).toBe(-1);
});

it('goes on after rows that can not be read, and names them', async () => {
  const { rows } = await read('a,b\n1,2,3\n4\n5"6,7\n8,9\n');
  expect(rows.toSorted((a, b) => a.number - b.number)).toEqual([
    { number: 2, broken: '3 cells, of 2 columns' },
    { number: 3, broken: '1 cells, of 2 columns' },
    { number: 4, broken: expect.stringContaining('Quote') },
    { number: 5, cells: ['8', '9'] },
  ]);
});

it('says of a quote that never ends that the rest is no row', async () => {
  const { rows } = await read('a,b\n1,2\n3,"4\n5,6\n');
  expect(rows[0]).toEqual({ number: 2, cells: ['1', '2'] });
  expect(rows.slice(1)).toEqual([
    { number: 3, broken: expect.stringMatching(/Quote.*takes lines 3 to 4, none/) },
  ]);
});

it('says of a quote that ends in another row which lines it took', async () => {
  const { rows } = await read('a,b\n1,2\n3,"4\n5,6\n7,"8"\n9,0\n');
  expect(rows.filter((row) => 'broken' in row)).toEqual([
    { number: 3, broken: expect.stringMatching(/takes lines 3 to \d, none/) },
  ]);
});

it('takes tabs by their usual name, and refuses a delimiter that is none', async () => {
  const { rows } = await read('a\tb\n1\t2\n', '\\t');
  expect(rows).toEqual([{ number: 2, cells: ['1', '2'] }]);
  await expect(read('a\n', '')).rejects.toThrow('--delimiter is "": expected one character or more');
});

it('wants a row that names the columns', async () => {
  await expect(read('')).rejects.toThrow('no row that names the columns');
});
