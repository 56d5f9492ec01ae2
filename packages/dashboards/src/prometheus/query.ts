import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';

export const PROMETHEUS: DataSourceRef = { type: 'prometheus', uid: `\${datasource}` };

/** The series of a metric that the dashboard's job and instance are about. */
export const of = (metric: string, ...matchers: readonly string[]) =>
  `${metric}{${['job=~"$job"', 'instance=~"$instance"', ...matchers].join(', ')}}`;

/** How fast a counter grows, a second. */
export const rate = (counter: string, ...matchers: readonly string[]) =>
  `rate(${of(counter, ...matchers)}[$__rate_interval])`;

/** What a share of a histogram's observations stays below, by labels. */
export const quantile = (share: number, histogram: string, by: string) =>
  `histogram_quantile(${share}, sum by (le, ${by}) (${rate(`${histogram}_bucket`)}))`;

/** Over the dashboard's time. @param legend how a series is called, with {{label}} for its labels */
export const over = (expr: string, legend: string, refId = 'A') =>
  new DataqueryBuilder().datasource(PROMETHEUS).refId(refId).expr(expr).legendFormat(legend).range();
