import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
  dashboards: ['metrics'],
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
  builder: ['answers', 'clickhouse', 'delivery', 'domain', 'kafka', 'metrics', 'registry', 'runtime'],
  exporter: ['clickhouse', 'domain', 'metrics', 'runtime'],
  simulator: ['domain', 'kafka', 'metrics', 'runtime'],
  answers: ['clickhouse', 'domain', 'report'],
  console: [],
  api: ['answers', 'clickhouse', 'console', 'document', 'metrics', 'runtime'],
  document: ['answers', 'clickhouse', 'domain'],
  cli: [
    'answers',
    'api',
    'builder',
    'clickhouse',
    'delivery',
    'document',
    'domain',
    'embedded',
    'exporter',
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
  '@grafana/grafana-foundation-sdk': 'dashboards',
  commander: 'cli',
  echarts: 'document',
  fastify: 'api',
  jose: 'api',
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

/**
 * The scenario's truth is written from the causes that were drawn. One that asked the rules, or the report, what an alert
 * means would prove nothing.
 */
const JUDGES = /classify|\/registry|\/report|\/processor/;
const imported = (source: string) =>
  [...source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, name]) => name!);
const judgesIn = (source: string) => imported(source).filter((name) => JUDGES.test(name));
const sourcesOf = (folder: string) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ name, source: readFileSync(new URL(join(folder, name), root), 'utf8') }));

test.each([
  "import { createRules } from '@tocsin/domain/classify';",
  "import type { Suppression } from '../../../packages/domain/src/classify/suppression.ts';",
  "const { measure } = await import('@tocsin/report');",
  "export * from '@tocsin/registry';",
])('judges are found in %s', (source) => {
  expect(judgesIn(source)).toHaveLength(1);
});

test('the simulator knows neither the rules of suppression and remedy nor the report', () => {
  const sources = sourcesOf('services/simulator/src/');
  expect(sources.flatMap(({ source }) => imported(source))).toContain('@tocsin/domain');
  expect(sources.filter(({ source }) => judgesIn(source).length > 0).map(({ name }) => name)).toEqual([]);
});

test('the rules are on a path of their own, and nothing else of the domain brings them along', () => {
  const others = sourcesOf('packages/domain/src/').filter(
    ({ name }) => !/^(classify|testing)\/|\.test\.ts$/.test(name),
  );
  expect(others.map(({ name }) => name)).toContain('index.ts');
  expect(others.filter(({ source }) => judgesIn(source).length > 0).map(({ name }) => name)).toEqual([]);
});
