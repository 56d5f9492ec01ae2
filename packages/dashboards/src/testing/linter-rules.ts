import type { Dashboard, Panel, VariableModel } from '@grafana/grafana-foundation-sdk/dashboard';
import * as units from '@grafana/grafana-foundation-sdk/units';
import { readPromql, type Selector } from './promql.ts';

/** What is wrong with a dashboard by one rule; nothing where it is right. */
type Rule = (dashboard: Dashboard) => string[];

const variablesOf = ({ templating }: Dashboard): VariableModel[] => templating.list ?? [];
/** All of them but the titles of rows. */
export const panelsOf = ({ panels = [] }: Dashboard): Panel[] =>
  panels.filter((panel): panel is Panel => panel.type !== 'row');

/** Rules of jobs, instances and PromQL are for dashboards whose first data source is Prometheus. */
const asksPrometheus = (dashboard: Dashboard) =>
  variablesOf(dashboard).find(({ type }) => type === 'datasource')?.query === 'prometheus';

const ofPanels =
  (isRight: (panel: Panel) => boolean): Rule =>
  (dashboard) =>
    panelsOf(dashboard)
      .filter((panel) => !isRight(panel))
      .map(({ id, title }) => `panel ${id} ${title}`);

export const expressionsOf = (dashboard: Dashboard): string[] =>
  panelsOf(dashboard)
    .flatMap(({ targets = [] }) => targets)
    .map((target) => String((target as unknown as { expr?: string }).expr ?? ''));

function selectorsOf(expr: string): Selector[] {
  try {
    return readPromql(expr);
  } catch {
    // Another rule's.
    return [];
  }
}

const ofSelectors =
  (isRight: (selector: Selector) => boolean): Rule =>
  (dashboard) =>
    asksPrometheus(dashboard)
      ? expressionsOf(dashboard).filter((expr) => !selectorsOf(expr).every(isRight))
      : [];

const isPromql = (expr: string) => {
  try {
    return readPromql(expr).length > 0;
  } catch {
    return false;
  }
};

const labelVariable =
  (name: string, label: string): Rule =>
  (dashboard) => {
    if (!asksPrometheus(dashboard)) return [];
    const one = variablesOf(dashboard).find((variable) => variable.name === name);
    if (!one) return [`no variable ${name}`];
    const { type, label: told, multi, allValue, datasource } = one;
    const is = JSON.stringify([type, told, multi, allValue, datasource?.uid]);
    const wanted = JSON.stringify(['query', label, true, '.+', `\${datasource}`]);
    return is === wanted ? [] : [`${name} is ${is}, not ${wanted}`];
  };

const UNITS = new Set<unknown>(Object.values(units));

/**
 * The rules of Grafana's dashboard linter (github.com/grafana/dashboard-linter, `lint/rules.go`) in strict form, under
 * their names there, for dashboards with one data source. Those of Loki are left out.
 */
export const LINTER_RULES: Readonly<Record<string, Rule>> = {
  'template-datasource-rule': (dashboard) => {
    const sources = variablesOf(dashboard).filter(({ type }) => type === 'datasource');
    const isRight =
      sources.length === 1 && sources[0]!.name === 'datasource' && sources[0]!.label === 'Data source';
    return isRight
      ? []
      : [`the data source's variables are ${sources.map(({ name, label }) => `${name}, ${label}`)}`];
  },
  'template-job-rule': labelVariable('job', 'Job'),
  'template-instance-rule': labelVariable('instance', 'Instance'),
  'template-label-promql-rule': (dashboard) =>
    asksPrometheus(dashboard)
      ? variablesOf(dashboard)
          .filter(({ type }) => type === 'query')
          .map(({ query }) => String(query))
          .filter(
            (query) => !isPromql(/^(?:label_values|query_result)\((.+?)(?:, \w+)?\)$/.exec(query)?.[1] ?? ''),
          )
      : [],
  'template-on-time-change-reload-rule': (dashboard) =>
    variablesOf(dashboard)
      .filter(({ type, refresh }) => type === 'query' && refresh !== 2)
      .map(({ name }) => name),
  'panel-datasource-rule': ofPanels(({ datasource }) => datasource?.uid === `\${datasource}`),
  'panel-title-description-rule': ofPanels(({ title, description }) => Boolean(title && description)),
  'panel-units-rule': ofPanels(({ fieldConfig }) => {
    const overridden = fieldConfig!.overrides.flatMap(({ properties }) =>
      properties.filter(({ id }) => id === 'unit'),
    );
    return [fieldConfig!.defaults.unit, ...overridden.map(({ value }) => value)].every((unit) =>
      UNITS.has(unit),
    );
  }),
  'panel-no-targets-rule': ofPanels(({ targets }) => (targets ?? []).length > 0),
  'target-promql-rule': (dashboard) =>
    asksPrometheus(dashboard) ? expressionsOf(dashboard).filter((expr) => !isPromql(expr)) : [],
  'target-rate-interval-rule': ofSelectors(
    ({ range, call }) => range === '$__rate_interval' || (call !== 'rate' && call !== 'irate'),
  ),
  'target-job-rule': ofSelectors(({ matchers }) => matchers.includes('job=~"$job"')),
  'target-instance-rule': ofSelectors(({ matchers }) => matchers.includes('instance=~"$instance"')),
  'target-counter-agg-rule': ofSelectors(
    ({ metric, call }) => !metric.endsWith('_total') || ['rate', 'irate', 'increase'].includes(call ?? ''),
  ),
  'uneditable-dashboard-rule': ({ editable }) => (editable === false ? [] : ['it can be edited']),
};
