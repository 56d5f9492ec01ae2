import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Line, startLine } from '../support/line.ts';
import { type Service, startService, tocsin } from '../support/service.ts';
import { until } from '../support/until.ts';

/** Few enough devices that the six months are told in seconds. */
const SCALE = '25000';

let line: Line;
let folder: string;
const beside: Service[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-scenario-'));
  line = await startLine({ RETENTION_DAYS: '18000', BUILD_QUIET_SECONDS: '1' });
  for (const name of ['inventory', 'builder']) beside.push(startService([name], line.env));
});
afterAll(async () => {
  await Promise.all(beside.map((service) => service.kill('SIGTERM')));
  await line?.stop();
  await rm(folder, { recursive: true, force: true });
});

const truthFile = () => join(folder, 'truth.json');
const report = (...args: string[]) => tocsin(['report', 'opsg-34', '--json', ...args], line.env);

interface Compared {
  readonly measure: string;
  readonly low?: number;
  readonly truth?: { readonly verdict: string };
}

interface Meaning {
  readonly id: string;
  readonly meaning: string;
}

/** What every alert means by the store, corrections included, by request id and code. */
function storedMeanings(): Promise<Meaning[]> {
  const id = (column: string) => `arrayStringConcat(extractAll(${column}, '..'), '-')`;
  return line.store.rows<Meaning>(
    `SELECT concat(${id('originator')}, ':', ${id('target')}, ':', toString(counter), ',', alert_code) AS id,
       concatWithSeparator(',', suppression, reason, remedy, remedy_reason, responsible_party, acting_party) AS meaning
     FROM raw_alerts(target = '', seconds = 3600, from = '2020-01-01 00:00:00', to = '2021-01-01 00:00:00')`,
  );
}

test('every alert means what its cause was, late, out of order, by wrong clocks and with late inventory', async () => {
  const alertsFile = join(folder, 'alerts.csv');
  const files = ['--truth', truthFile(), '--truth-alerts', alertsFile];
  const told = await tocsin(
    ['simulate', '--scenario', 'opsg-34', '--scale', SCALE, '--seed', '34', ...files],
    line.env,
  );
  expect(told.code).toBe(0);
  const truth = JSON.parse(await readFile(truthFile(), 'utf8'));
  await until(
    'all alerts to be in the store',
    async () => {
      const [row] = await line.store.rows<{ n: number }>('SELECT count() AS n FROM alerts');
      return row?.n === truth.accepted.messages;
    },
    240_000,
  );

  const [, ...rows] = (await readFile(alertsFile, 'utf8')).trimEnd().split('\n');
  const drawn = new Map(
    rows.map((row) => {
      const [request, code, ...meaning] = row.split(',');
      return [`${request},${code}`, meaning.join(',')];
    }),
  );
  expect(drawn.size).toBe(truth.accepted.messages);
  let wrong: unknown[] = [];
  await until(
    'corrections to bring all of it',
    async () => {
      const stored = await storedMeanings();
      expect(stored).toHaveLength(drawn.size);
      wrong = stored.filter(({ id, meaning }) => drawn.get(id) !== meaning);
      return wrong.length === 0;
    },
    60_000,
  ).catch(() => expect(wrong.slice(0, 10)).toEqual([]));
  const [corrected] = await line.store.rows<{ n: number }>('SELECT count() AS n FROM corrections');
  expect(corrected!.n).toBeGreaterThan(100);
});

test("the report's figures are the truth's, whether there is a truth or not", async () => {
  const { code, stdout } = await report('--compare', truthFile(), '--scale', SCALE);
  const [measured, compared] = stdout.trimEnd().split('\n') as [string, string];
  const { compared: measures, unmeasured } = JSON.parse(compared);
  // Of so few devices an interval says little; what is counted has to be the truth.
  const wrong = (measures as Compared[]).filter(
    ({ low, truth }) => low === undefined && truth?.verdict === 'does not agree',
  );
  expect(wrong).toEqual([]);
  expect(unmeasured).toEqual([]);
  expect(measures.length).toBeGreaterThan(50);

  await writeFile(truthFile(), JSON.stringify({ report: { 'power-factor.unstoppable-share': 0.37 } }));
  const falsified = await report('--compare', truthFile(), '--scale', SCALE);
  expect(falsified.code).toBe(3);
  await rm(truthFile());
  const alone = await report();
  expect([falsified.stdout.split('\n')[0], alone.stdout.trimEnd()]).toEqual([measured, measured]);
  expect(code).not.toBe(1);
});

test('all of it is proved to be counted once', async () => {
  const { stdout } = await tocsin(['verify', '--json'], line.env);
  expect(JSON.parse(stdout)).toMatchObject({ ok: true });
});
