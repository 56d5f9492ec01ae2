import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Line, startLine } from '../support/line.ts';
import { type Service, startService, tocsin } from '../support/service.ts';
import { until } from '../support/until.ts';

const SCALE = '10000';

let folder: string;
let line: Line;
let inventory: Service;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-report-'));
  line = await startLine({ RETENTION_DAYS: '18000', LOG_LEVEL: 'info' });
  inventory = startService(['inventory'], line.env);
});
afterAll(async () => {
  await inventory?.kill('SIGTERM');
  await line?.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Comparison {
  compared: { measure: string; truth?: { value: unknown; verdict: string }; measured: unknown }[];
  unmeasured: string[];
}

/** Counts come by the processor, by corrections of what the inventory told late, and by views; the truth by the causes. */
test('what the scenario drew is what the report counts', async () => {
  const truth = join(folder, 'truth.json');
  const args = ['--scenario', 'opsg-34', '--scale', SCALE, '--rate', 'max', '--seed', '3', '--truth', truth];
  const told = await tocsin(['simulate', ...args], line.env);
  expect([told.code, told.stderr]).toEqual([0, '']);
  const { produced } = JSON.parse(await readFile(truth, 'utf8')) as { produced: number };
  await until(
    'all in the ledger',
    async () => {
      const [row] = await line.store.rows<{ records: number }>(
        'SELECT sum(records) AS records FROM (SELECT any(records) AS records FROM blocks GROUP BY stream, partition, first_offset)',
      );
      return row?.records === produced;
    },
    120_000,
  );
  const compare = async () => {
    const { stdout } = await tocsin(
      ['report', 'opsg-34', '--json', '--compare', truth, '--scale', SCALE],
      line.env,
    );
    return JSON.parse(stdout.split('\n')[1]!) as Comparison;
  };
  // Corrections go on behind the ledger; once they are in, the figures stay.
  await until(
    'nothing that disagrees',
    async () => (await compare()).compared.every(({ truth }) => truth?.verdict !== 'does not agree'),
    120_000,
  );
  const { compared, unmeasured } = await compare();
  expect(unmeasured).toEqual([]);
  expect(compared.filter(({ truth }) => truth?.verdict === 'agrees').length).toBeGreaterThan(50);
});
