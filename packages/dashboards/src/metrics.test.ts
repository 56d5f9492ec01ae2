import { createMetrics, DECLARATIONS, type Declaration, type ServiceName } from '@tocsin/metrics';
import { expect, it } from 'vitest';
import { DASHBOARDS } from './index.ts';
import { expressionsOf } from './testing/linter-rules.ts';
import { readPromql } from './testing/promql.ts';

const declared = Object.values(DECLARATIONS).flatMap((service) =>
  Object.values<Declaration>(service).flatMap(({ name, type }) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  ),
);
/** What prom-client tells of the process by itself. */
const ofTheProcess = await Promise.all(
  (Object.keys(DECLARATIONS) as ServiceName[]).map((service) =>
    createMetrics(service).registry.getMetricsAsJSON(),
  ),
).then((all) => all.flat().map(({ name }) => name));

const asked = Object.values(DASHBOARDS)
  .flatMap(expressionsOf)
  .filter((expr) => expr !== '')
  .flatMap(readPromql)
  .map(({ metric }) => metric);

it('every metric that a panel asks for is declared', () => {
  expect(asked.length).toBeGreaterThan(20);
  const known = new Set([...declared, ...ofTheProcess]);
  expect(asked.filter((metric) => !known.has(metric))).toEqual([]);
});

it('a histogram is asked for by what it exposes, not by its name', () => {
  const histograms = Object.values(DECLARATIONS)
    .flatMap((service) => Object.values<Declaration>(service))
    .filter(({ type }) => type === 'histogram')
    .map(({ name }) => name);
  expect(asked.filter((metric) => histograms.includes(metric))).toEqual([]);
});
