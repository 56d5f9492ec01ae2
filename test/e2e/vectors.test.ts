import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Line, startLine } from '../support/line.ts';
import { tocsin } from '../support/service.ts';
import { until } from '../support/until.ts';

const FOLDER = fileURLToPath(new URL('../fixtures/vectors/', import.meta.url));
const SCRIPT = fileURLToPath(new URL('../vectors/check_vectors.py', import.meta.url));
const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.HEX'))
  .map((name) => FOLDER + name);

/** The table made by hand, in the store's spelling. */
function expectedRows(): string[][] {
  const [, ...lines] = readFileSync(`${FOLDER}expected.csv`, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [, device = '', target = '', counter = '', message = '', code = '', raisedAt = ''] =
      line.split(',');
    const raised = raisedAt.replace('T', ' ').replace('Z', '.000');
    const plain = (id: string) => id.replaceAll('-', '');
    return [plain(device), plain(target), counter, String(Number.parseInt(message, 16)), code, raised];
  });
}

let line: Line;
beforeAll(async () => {
  line = await startLine();
});
afterAll(() => line?.stop());

test('every vector goes from its file through Kafka into ClickHouse, and is found', async () => {
  const expected = expectedRows();
  expect(expected.length).toBe(files.length);
  const { stdout, code } = await tocsin(['publish', '--json', ...files], line.env);
  expect([code, JSON.parse(stdout)]).toMatchObject([0, { messages: files.length, unreadable: 0 }]);

  type Row = { row: string[] };
  const query = `SELECT [device, target, toString(counter), toString(message_code), alert_code,
    toString(raised_at)] AS row FROM alerts WHERE encoding = 'gbcs'`;
  const rows = await until('the rows of all vectors', async () => {
    const found = await line.store.rows<Row>(query);
    return found.length >= files.length && found.map(({ row }) => row);
  });
  expect(rows.map(String).sort()).toEqual(expected.map(String).sort());
});

test('a script that shares no code with the decoder agrees with the table and with what decode prints', async () => {
  const decoded = await tocsin(['decode', ...files], line.env);
  expect(decoded.code).toBe(0);
  const input = decoded.stdout;
  const output = execFileSync('python3', [SCRIPT, '--decoded', '-'], { input, encoding: 'utf8' });
  expect(output).toContain(String(files.length));
});

test('the script can disagree', async () => {
  const { stdout } = await tocsin(['decode', ...files], line.env);
  const input = stdout.replace('"counter":"2000"', '"counter":"2001"');
  expect(input).not.toBe(stdout);
  expect(() => execFileSync('python3', [SCRIPT, '--decoded', '-'], { input, stdio: 'pipe' })).toThrow();
});
