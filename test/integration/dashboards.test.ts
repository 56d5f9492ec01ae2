import type { Store } from '@tocsin/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../support/dashboards/ask.ts';
import { CAPACITIES } from '../support/dashboards/capacity.ts';
import type { Shown } from '../support/dashboards/count.ts';
import { asSent, type View } from '../support/dashboards/grafana.ts';
import { ANNOTATIONS, OPERATIONS_NOW } from '../support/dashboards/operations-now.ts';
import { DEFAULTS, NAMED, type Query, VARIABLES } from '../support/dashboards/panels.ts';
import { ROLLOUTS } from '../support/dashboards/rollouts.ts';
import { VOLUMES } from '../support/dashboards/volumes.ts';
import { BEGIN, END, feedWorld } from '../support/dashboards/world.ts';
import { type Engine, startEngine } from '../support/fresh-store.ts';

const SHOWN: Readonly<Record<string, Readonly<Record<string, Shown>>>> = {
  'Operations now': { ...OPERATIONS_NOW, ...ANNOTATIONS },
  Volumes: { ...VOLUMES, ...ANNOTATIONS },
  'Firmware rollouts': { ...ROLLOUTS, ...ANNOTATIONS },
  Capacity: { ...CAPACITIES, ...ANNOTATIONS },
};

/** What is chosen in turn, and the values that each variable offers. */
const CHOICES: Readonly<Record<string, { chosen: string; offered: readonly string[] }>> = {
  code: { chosen: '8014', offered: ['8014', '8015', '81B8', '8F3E'] },
  firmware: { chosen: '1.10.4', offered: ['1.10.4', '1.11.2', '3.4.0'] },
  party: { chosen: 'dno-01', offered: ['csp-south', 'dno-01', 'idno-03'] },
  region: { chosen: 'South', offered: ['North', 'South'] },
  model: { chosen: 'WNC CS-1', offered: ['Kestrel KM-200', 'WNC CS-1'] },
  component: { chosen: 'south', offered: ['dsp', 'end-to-end', 'north', 'south'] },
  by: { chosen: 'region', offered: [] },
};

let engine: Engine;
let store: Store;
let empty: Store;

beforeAll(async () => {
  engine = await startEngine();
  [store, empty] = [await engine.freshStore(), await engine.freshStore()];
  await feedWorld(store);
});
afterAll(() => engine.stop());

const MONDAY: View = { from: BEGIN, to: END, interval: 3600, variables: DEFAULTS };

const show = (of: Store, { sql, interval }: Query, view: Partial<View> = {}) =>
  ask(
    engine.url,
    of.database,
    asSent(sql, { ...MONDAY, interval: Math.max(interval, MONDAY.interval), ...view }),
  );

const near = (value: unknown) => (typeof value === 'number' ? expect.closeTo(value, 9) : value);
const nearly = (values: Readonly<Record<string, unknown>>) =>
  expect.objectContaining(
    Object.fromEntries(Object.entries(values).map(([column, value]) => [column, near(value)])),
  );

it('every query is held to a truth', () => {
  const wanted = Object.entries(SHOWN).flatMap(([dashboard, shown]) =>
    Object.keys(shown).map((title) => `${dashboard} / ${title}`),
  );
  expect(NAMED.map(({ dashboard, name }) => `${dashboard} / ${name}`).sort()).toEqual(wanted.sort());
});

/** What several dashboards ask is asked once. */
const different = NAMED.filter(({ sql }, i) => NAMED.findIndex((other) => other.sql === sql) === i);

describe.each(different)('$dashboard / $name', (query) => {
  it('shows what was said, in its columns', async () => {
    const shown = SHOWN[query.dashboard]![query.name]!;
    const { columns, rows } = await show(store, query, shown.view);
    expect(columns).toEqual(shown.columns);
    const told = rows.filter((row) =>
      Object.entries(shown.where).every(([column, value]) => row[column] === value),
    );
    expect(told).toEqual([nearly(shown.is)]);
    expect(rows).toHaveLength(shown.rows);
  });

  it('shows nothing of an empty store', async () => {
    expect((await show(empty, query)).rows).toEqual([]);
  });
});

const choosing = NAMED.flatMap((query) =>
  Object.keys(CHOICES)
    .filter((variable) => query.sql.includes(`\${${variable}:singlequote}`))
    .map((variable) => ({ ...query, variable })),
);

it.each(choosing)('$dashboard / $name goes by $variable', async ({ variable, ...query }) => {
  const variables = { ...DEFAULTS, [variable]: [CHOICES[variable]!.chosen] };
  const [all, some] = [await show(store, query), await show(store, query, { variables })];
  expect(some.rows.length).toBeGreaterThan(0);
  expect(some.rows).not.toEqual(all.rows);
});

it.each(VARIABLES)('$dashboard offers every $name', async ({ name, sql }) => {
  const { columns, rows } = await ask(engine.url, store.database, asSent(sql, MONDAY));
  const [value] = Object.keys(columns);
  expect(rows.map((row) => row[value!])).toEqual(CHOICES[name]!.offered);
  expect((await ask(engine.url, empty.database, asSent(sql, MONDAY))).rows).toEqual([]);
});

it('a view that is called otherwise fails every query that asks it', async () => {
  const renamed = await engine.freshStore();
  const views = await renamed.rows<{ name: string }>(
    "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine = 'View' ORDER BY name",
  );
  const asked = views
    .map(({ name }) => ({
      name,
      queries: different.filter(({ sql }) => new RegExp(`FROM ${name}\\b`).test(sql)),
    }))
    .filter(({ queries }) => queries.length > 0);
  expect(asked.length).toBeGreaterThan(5);
  for (const { name, queries } of asked) {
    await renamed.command(`RENAME TABLE ${name} TO ${name}_of_old`);
    for (const query of queries) await expect(show(renamed, query), query.title).rejects.toThrow(name);
  }
});

it('is answered over 180 days, each in the time that is told', async () => {
  for (const query of different) {
    const begun = performance.now();
    const { rows } = await show(store, query, { from: END - 180 * 86_400, interval: 6 * 3600 });
    const took = Math.round(performance.now() - begun);
    console.error(`${query.dashboard} / ${query.name}: ${rows.length} rows, ${took} ms`);
    expect(rows.length, query.title).toBeGreaterThan(0);
  }
});
