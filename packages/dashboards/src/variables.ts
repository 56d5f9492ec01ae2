import {
  CustomVariableBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { CLICKHOUSE } from './clickhouse/query.ts';
import { PROMETHEUS } from './prometheus/query.ts';

/** Which data source a dashboard asks; the one that is provisioned to begin with. */
const source = (type: string, name: string, uid: string) =>
  new DatasourceVariableBuilder('datasource')
    .label('Data source')
    .type(type)
    .current({ text: name, value: uid })
    .allowCustomValue(false);

export const CLICKHOUSE_SOURCE = source(
  'grafana-clickhouse-datasource',
  'Tocsin ClickHouse',
  'tocsin-clickhouse',
);
export const PROMETHEUS_SOURCE = source('prometheus', 'Tocsin Prometheus', 'tocsin-prometheus');

const ALL = { text: 'All', value: '$__all' };

/** Values that are there in the time range. @param sql gives them, or pairs of a value and its name */
export const choice = (name: string, label: string, sql: string) =>
  new QueryVariableBuilder(name)
    .label(label)
    .datasource(CLICKHOUSE)
    .query(sql.trim())
    .definition(sql.trim())
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.Disabled)
    .multi(true)
    .includeAll(true)
    .current(ALL);

/** The condition that a column is one of the values chosen. */
export const chosen = (column: string, variable: string) =>
  `$__conditionalAll(${column} IN (\${${variable}:singlequote}), \${${variable}})`;

/** One of a few that never change. @param values by their names; the first is chosen to begin with */
export const option = (name: string, label: string, values: Readonly<Record<string, string>>) => {
  const options = Object.entries(values).map(([text, value], i) => ({ text, value, selected: i === 0 }));
  return new CustomVariableBuilder(name)
    .label(label)
    .values(options.map(({ text, value }) => `${text} : ${value}`).join(', '))
    .options(options)
    .current({ text: options[0]!.text, value: options[0]!.value })
    .allowCustomValue(false);
};

/** A label of all series of Prometheus that ours have, with the name and the form that dashboards agree upon. */
export const label = (name: 'job' | 'instance', title: string, query: string) =>
  new QueryVariableBuilder(name)
    .label(title)
    .datasource(PROMETHEUS)
    .query(query)
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue('.+')
    .current(ALL);
