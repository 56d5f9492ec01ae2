import { readdirSync, readFileSync } from 'node:fs';
import { DECLARATIONS, type Declaration } from '@tocsin/metrics';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}
interface Expectation {
  readonly expr: string;
  readonly exp_samples: readonly { readonly labels: string }[];
}

const DEPLOY = new URL('../../deploy/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, DEPLOY), 'utf8');
const all = <T>(folder: string): T[] =>
  readdirSync(new URL(folder, DEPLOY)).map((name) => parse(read(`${folder}${name}`), { merge: true }) as T);

const rules = all<{ groups: { rules: Rule[] }[] }>('prometheus/rules/').flatMap(({ groups }) =>
  groups.flatMap((group) => group.rules),
);
const expectations = all<{ tests: { promql_expr_test: Expectation[] }[] }>('prometheus/tests/').flatMap(
  ({ tests }) => tests.flatMap(({ promql_expr_test }) => promql_expr_test),
);
const runbook = read('runbook.md');
const routes = parse(read('alertmanager/alertmanager.yml')) as {
  route: { receiver: string; routes: { receiver: string; matchers: string[] }[] };
  receivers: { name: string }[];
};

const declared = new Set(
  Object.values<Record<string, Declaration>>(DECLARATIONS).flatMap((service) =>
    Object.values(service).map(({ name }) => name),
  ),
);

test('there are alarms', () => expect(rules.length).toBeGreaterThan(12));

test.each(rules)('$alert says how bad it is, what it is, who can act and where to read on', (rule) => {
  expect(['critical', 'warning']).toContain(rule.labels.severity);
  expect(rule.annotations.summary).toMatch(/\S/);
  expect(rule.annotations.description).toMatch(/\b(can|slow|pause|find|name)\b/);
  expect(rule.annotations.runbook_url).toBe(`runbook.md#${rule.alert.toLowerCase()}`);
  const [, section] = runbook.split(`## ${rule.alert}\n`);
  expect(section?.split('\n## ')[0]).toMatch(/\*\*Means\*\*.*\*\*Acts\*\*.*\*\*Over\*\*|as for/s);
});

test.each(rules)('$alert is told to whom its label names', ({ labels }) => {
  const told = routes.route.routes.filter(({ matchers }) => matchers.join().includes(labels.acts!));
  const receivers = new Set(routes.receivers.map(({ name }) => name));
  for (const { receiver } of [routes.route, ...told]) expect(receivers).toContain(receiver);
  expect(told.length > 0 || labels.acts === routes.route.receiver).toBe(true);
});

test.each(rules)('$alert has a test in which it fires, and one in which it is silent', ({ alert }) => {
  const [fires, silent] = [true, false].map((firing) =>
    expectations.filter(
      ({ expr, exp_samples }) =>
        exp_samples.length > 0 === firing &&
        new RegExp(expr.match(/alertname=~?"([^"]+)"/)?.[1] ?? '^$').test(alert),
    ),
  );
  expect(fires!.some(({ exp_samples }) => exp_samples[0]!.labels.includes(`"${alert}"`))).toBe(true);
  expect(silent).not.toHaveLength(0);
});

test.each(rules)('$alert asks for metrics that are declared', ({ expr }) => {
  const asked = expr.match(/\btocsin_\w+/g) ?? [];
  expect(asked.filter((name) => !declared.has(name))).toEqual([]);
  expect(asked.length > 0 || /\bup\b/.test(expr)).toBe(true);
});
