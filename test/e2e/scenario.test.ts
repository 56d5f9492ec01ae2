import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { shippedRegistry } from '@tocsin/registry';
import { addDays, type Days, type Measured, shippedDefinition, startOf } from '@tocsin/report';
import type { TruthFile } from '@tocsin/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../support/dashboards/ask.ts';
import { asSent } from '../support/dashboards/grafana.ts';
import { DEFAULTS, NAMED } from '../support/dashboards/panels.ts';
import { DRAWN } from '../support/dashboards/scenario-truth.ts';
import { type Line, startLine } from '../support/line.ts';
import { type Service, startService, tocsin } from '../support/service.ts';
import { until } from '../support/until.ts';

/** Few enough devices that the six months are told in seconds; an estimate needs more, from 1:1000 on. */
const SCALE = process.env.SCENARIO_SCALE ?? '25000';
const SEED = process.env.SCENARIO_SEED ?? '34';
const KNOWS_ESTIMATES = Number(SCALE) <= 1000;
const MINUTES_MS = 60_000 * Math.max(4, 40_000 / Number(SCALE));
/** After the last alert is counted, for corrections to bring what its inventory told late. */
const CORRECTED_MS = 60_000;

let line: Line;
let folder: string;
let registry: string;
const beside: Service[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tocsin-scenario-'));
  registry = join(folder, 'registry');
  await cp(shippedRegistry(), registry, { recursive: true });
  line = await startLine({ REGISTRY: registry, BUILD_QUIET_SECONDS: '1', ANSWERS_EVERY_MS: '0' });
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
  readonly kind: 'count' | 'estimate';
  readonly truth?: { readonly verdict: string };
}

interface Meaning {
  readonly id: string;
  readonly meaning: string;
}

/** What every alert means by the store, corrections included, by request id and code. */
function storedMeanings(): Promise<Meaning[]> {
  const id = (column: string) => `arrayStringConcat(extractAll(toString(${column}), '..'), '-')`;
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
    ['simulate', '--scenario', 'opsg-34', '--scale', SCALE, '--seed', SEED, ...files],
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
    MINUTES_MS,
  );

  const [, ...rows] = (await readFile(alertsFile, 'utf8')).trimEnd().split('\n');
  const drawn = new Map(
    rows.map((row) => {
      const [request, code, ...meaning] = row.split(',');
      return [`${request},${code}`, meaning.join(',')];
    }),
  );
  expect(drawn.size).toBe(truth.accepted.messages);
  const wrong = async () => {
    const stored = await storedMeanings();
    expect(stored).toHaveLength(drawn.size);
    return stored
      .filter(({ id, meaning }) => drawn.get(id) !== meaning)
      .map((one) => ({ ...one, drawn: drawn.get(one.id) }));
  };
  const deadline = performance.now() + CORRECTED_MS;
  while ((await wrong()).length > 0 && performance.now() < deadline) await pause(500);
  expect((await wrong()).slice(0, 10)).toEqual([]);
  const [corrected] = await line.store.rows<{ n: number }>('SELECT count() AS n FROM corrections');
  expect(corrected!.n).toBeGreaterThan(100);
});

let truth: string;

/** Measures that are not what the truth file says. Of few devices an estimate says little; what is counted has to be it. */
async function disagreements(): Promise<{ measured: string; wrong: string[] }> {
  const { stdout } = await report('--compare', truthFile());
  const [measured, comparison] = stdout.split('\n') as [string, string];
  const { compared, unmeasured } = JSON.parse(comparison) as {
    compared: Compared[];
    unmeasured: string[];
  };
  expect(compared.length).toBeGreaterThan(50);
  const wrong = compared
    .filter(({ kind, truth }) => (KNOWS_ESTIMATES || kind === 'count') && truth?.verdict === 'does not agree')
    .map(({ measure }) => measure)
    .concat(unmeasured);
  return { measured, wrong };
}

test("the report's figures are the truth's, and what is measured is the same whatever the truth says", async () => {
  truth = await readFile(truthFile(), 'utf8');
  const { measured, wrong } = await disagreements();
  expect(wrong).toEqual([]);
  await writeFile(truthFile(), JSON.stringify({ report: { 'power-factor.unstoppable-alerts': 37 } }));
  const { code, stdout } = await report('--compare', truthFile());
  expect({ code, measured: stdout.split('\n')[0] }).toEqual({ code: 1, measured });
  await rm(truthFile());
  expect((await report()).stdout.trimEnd()).toBe(measured);
});

/** A panel of `Operations now`, or of another dashboard, over whole days of London. */
async function show(panel: string, { first, last }: Days) {
  const [from, to] = [startOf(first) / 1000, startOf(addDays(last, 1)) / 1000];
  const { sql, interval } = NAMED.find(({ dashboard, name }) => `${dashboard} / ${name}` === panel)!;
  const view = { from, to, interval: Math.max(interval, 10_800), variables: DEFAULTS };
  const { rows } = await ask(line.env.CLICKHOUSE_URL!, line.store.database, asSent(sql, view));
  return { rows, view: { interval: view.interval, days: (to - from) / 86_400 } };
}

test.each(Object.entries(DRAWN))('%s shows what was drawn', async (panel, { shown, drawn }) => {
  const drawnAll: TruthFile = JSON.parse(truth);
  const { rows, view } = await show(panel, { first: drawnAll.from, last: drawnAll.to });
  const value = drawn(drawnAll);
  expect(value).toBeGreaterThan(0);
  expect(shown(rows, view) / value).toBeCloseTo(1, 9);
});

test("the figures of Operations now are the report's for the same time", async () => {
  const { figures } = JSON.parse((await report()).stdout.split('\n')[0]!) as Measured;
  const figure = (id: string) =>
    figures.flatMap(({ measures }) => measures).find((one) => one.id === id)!.value;
  const { powerFactor, installations } = shippedDefinition('opsg-34');

  const lastWeek = await show('Operations now / What can be done about the alerts of this time', {
    first: '2020-07-25',
    last: '2020-07-31',
  });
  expect(lastWeek.rows[0]!['Stoppable now']).toBeCloseTo(figure('stoppable-now.share') as number, 12);

  const codes = async (window: Days, code: string) => {
    const { rows, view } = await show('Operations now / Codes with the most alerts', window);
    const row = rows.find((one) => one.Code === code)! as Record<'Alerts a day' | 'Unstoppable', number>;
    return { aDay: row['Alerts a day'], unstoppable: row['Alerts a day'] * row.Unstoppable * view.days };
  };
  const powerFactors = await Promise.all(['8014', '8015'].map((code) => codes(powerFactor.window, code)));
  expect(powerFactors.reduce((total, { unstoppable }) => total + unstoppable, 0)).toBeCloseTo(
    figure('power-factor.unstoppable-alerts') as number,
    6,
  );
  const { aDay } = await codes(installations.after, '8F12');
  expect(aDay).toBeCloseTo(figure('installations.alerts-after') as number, 6);
});

test('all of it is proved to be counted once', async () => {
  const { stdout, stderr } = await tocsin(['verify', '--json'], line.env);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({ ok: true });
});

test("an iDNO whose user flag is another in the registry is told from the scenario's truth", async () => {
  const parties = join(registry, 'parties.yaml');
  const text = await readFile(parties, 'utf8');
  // Of those whose alerts nobody can stop, the one with the most: others are addressed by mistake alone.
  const parts = Object.entries((JSON.parse(truth) as { report: Record<string, number> }).report).flatMap(
    ([id, alerts]) => {
      const [, party] = /^power-factor\.party\.(idno-\d\d)\.alerts$/.exec(id) ?? [];
      return party ? [{ party, alerts }] : [];
    },
  );
  const { party } = parts.sort((one, other) => other.alerts - one.alerts)[0]!;
  const flipped = text.replace(new RegExp(`(id: ${party}\\n(?:.*\\n)*?.*dcc-user: )false`), '$1true');
  expect(flipped).not.toBe(text);
  await writeFile(parties, flipped);
  await line.processor.line(
    'the registries to be taken over',
    ({ msg }) => msg.includes('taken over'),
    0,
    60_000,
  );
  const july = ['--from', '2020-06-30T23:00:00Z', '--to', '2020-07-31T23:00:00Z'];
  const { code, stdout } = await tocsin(['reattribute', ...july, '--json'], line.env);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).corrected).toBeGreaterThan(0);
  await writeFile(truthFile(), truth);
  const { wrong } = await disagreements();
  expect(wrong).toEqual(
    expect.arrayContaining(['power-factor.unstoppable-alerts', 'power-factor.reason.not-a-dcc-user.alerts']),
  );
});
