import { BACKUP_TABLES, type Store } from '@tocsin/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../support/fresh-store.ts';
import { tocsin } from '../support/service.ts';

let engine: Engine;
let store: Store;
beforeAll(async () => {
  engine = await startEngine();
  store = await engine.freshStore();
});
afterAll(() => engine?.stop());

const note = (...args: string[]) =>
  tocsin(['note', ...args], { CLICKHOUSE_URL: engine.url, CLICKHOUSE_DATABASE: store.database });

async function add(text: string, ...options: string[]): Promise<string> {
  const { code, stdout, stderr } = await note('add', text, ...options, '--author', 'ops', '--json');
  expect([code, stderr]).toEqual([0, '']);
  return (JSON.parse(stdout) as { id: string }).id;
}

async function listed(...options: string[]): Promise<{ id: string; text: string; ends: number | null }[]> {
  const { stdout } = await note('list', '--json', ...options);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

describe('tocsin note', () => {
  let moment: string;
  let span: string;
  it('adds what is known about a moment, and about a time', async () => {
    moment = await add(
      "CSP North's hubs\treset; “ü”",
      ...['--kind', 'spike', '--subject', '8F3E', '--ticket', 'INC1', '--from', '2020-07-07T10:00:00Z'],
    );
    const time = ['--from', '2020-07-07T08:00:00+01:00', '--to', '2020-07-07T09:00:00Z'];
    span = await add('held for deafness', '--kind', 'rollout', '--subject', 'v2.02.5', ...time);
    expect(await listed('--from', '2020-07-07T00:00:00Z')).toEqual([
      expect.objectContaining({
        ...{ id: span, kind: 'rollout', subject: 'v2.02.5', ticket: '', author: 'ops' },
        ...{ begins: Date.UTC(2020, 6, 7, 7), ends: Date.UTC(2020, 6, 7, 9) },
      }),
      expect.objectContaining({ id: moment, text: "CSP North's hubs\treset; “ü”", ends: null }),
    ]);
  });

  it.each([
    ['2020-07-07T08:59:59Z', '2020-07-07T09:30:00Z', 1],
    ['2020-07-07T09:00:01Z', '2020-07-07T10:00:00Z', 0],
    ['2020-07-07T10:00:00Z', '2020-07-07T10:00:01Z', 1],
    ['2020-07-07T06:00:00Z', '2020-07-07T07:00:00Z', 0],
  ])('lists those about a time from %s to %s', async (from, to, count) => {
    expect(await listed('--from', from, '--to', to)).toHaveLength(count);
  });

  it('shows them to a person in a line each', async () => {
    const { stdout } = await note('list', '--from', '2020-07-07T10:00:00Z');
    expect(stdout).toBe(
      `${moment}  2020-07-07T10:00:00.000Z  spike 8F3E [INC1]: CSP North's hubs\treset; “ü” (ops)\n`,
    );
  });

  it('takes one back for good', async () => {
    expect((await note('withdraw', span)).code).toBe(0);
    await store.command('OPTIMIZE TABLE operator_notes FINAL');
    expect((await listed('--from', '2020-07-07T00:00:00Z')).map(({ id }) => id)).toEqual([moment]);
    const again = await note('withdraw', span);
    expect([again.code, again.stderr]).toEqual([1, `tocsin: there is no note ${span}\n`]);
  });

  it.each([
    [['add', ' ', '--from', '2020-07-07T10:00:00Z'], 'a note needs a text'],
    [['add', 'x', '--from', '2020-07-07T10:00:00Z', '--to', '2020-07-07T10:00:00Z'], '--from must be before'],
    [['add', 'x'], '--from'],
    [['add', 'x', '--from', '2020-07-07T10:00:00Z', '--kind', 'rumour'], 'Allowed choices are spike'],
  ])('refuses %j', async (args, said) => {
    const { code, stderr } = await note(...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });
});

it('a backup has every table of the store', async () => {
  const query = `SELECT name FROM system.tables
    WHERE database = {database:String} AND engine LIKE '%MergeTree' AND name != 'migrations' ORDER BY name`;
  const rows = await store.rows<{ name: string }>(query, { database: store.database });
  expect([...BACKUP_TABLES].sort()).toEqual(rows.map(({ name }) => name));
});
