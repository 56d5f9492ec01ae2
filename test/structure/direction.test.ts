import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/**
 * Which of our packages may use which, and who alone may use a client library. The manifests are held to it here;
 * the sources are held to the manifests by the check for unlisted dependencies (`npm run unused`).
 */
const MAY_USE: Record<string, readonly string[]> = {
  domain: [],
  delivery: [],
  metrics: [],
  embedded: [],
  kafka: ['delivery'],
  clickhouse: ['delivery', 'domain'],
  runtime: ['metrics'],
  directory: ['domain'],
  registry: ['domain', 'runtime'],
  report: ['domain'],
  intake: ['clickhouse', 'delivery', 'kafka', 'metrics', 'runtime'],
  processor: [
    'clickhouse',
    'delivery',
    'directory',
    'domain',
    'intake',
    'kafka',
    'metrics',
    'registry',
    'runtime',
  ],
  inventory: ['clickhouse', 'delivery', 'domain', 'intake', 'kafka', 'metrics', 'runtime'],
  builder: ['clickhouse', 'delivery', 'domain', 'kafka', 'metrics', 'registry', 'runtime'],
  simulator: ['domain', 'kafka', 'metrics', 'runtime'],
  cli: [
    'builder',
    'clickhouse',
    'delivery',
    'domain',
    'embedded',
    'inventory',
    'kafka',
    'processor',
    'registry',
    'report',
    'runtime',
    'simulator',
  ],
};

const SOLE_USERS: Record<string, string> = {
  kafkajs: 'kafka',
  '@clickhouse/client': 'clickhouse',
  chdb: 'embedded',
  'prom-client': 'metrics',
  pino: 'runtime',
  commander: 'cli',
};

const root = new URL('../../', import.meta.url);

const manifests = ['packages', 'services'].flatMap((folder) =>
  readdirSync(new URL(folder, root)).map((name) => ({
    name,
    dependencies: Object.keys(
      JSON.parse(readFileSync(new URL(`${folder}/${name}/package.json`, root), 'utf8')).dependencies ?? {},
    ),
  })),
);

test('every package has its place in the direction', () => {
  expect(manifests.map(({ name }) => name).sort()).toEqual(Object.keys(MAY_USE).sort());
});

test.each(manifests)('$name uses only what it may', ({ name, dependencies }) => {
  const ours = dependencies
    .filter((one) => one.startsWith('@tocsin/'))
    .map((one) => one.slice('@tocsin/'.length));
  expect(ours.filter((one) => !MAY_USE[name]?.includes(one))).toEqual([]);
  const foreign = dependencies.filter((one) => SOLE_USERS[one] && SOLE_USERS[one] !== name);
  expect(foreign).toEqual([]);
});
