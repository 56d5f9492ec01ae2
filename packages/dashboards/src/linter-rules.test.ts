import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { describe, expect, it } from 'vitest';
import { DASHBOARDS } from './index.ts';
import { LINTER_RULES, panelsOf } from './testing/linter-rules.ts';

/** As it is written for Grafana. */
const copyOf = (dashboard: Dashboard): Dashboard => JSON.parse(JSON.stringify(dashboard));

const all = Object.entries(DASHBOARDS).map(([name, dashboard]) => ({ name, dashboard: copyOf(dashboard) }));

describe.each(all)('$name', ({ dashboard }) => {
  it.each(Object.entries(LINTER_RULES))('keeps the %s', (_, rule) => {
    expect(rule(dashboard)).toEqual([]);
  });

  it('asks no data source but the one that is chosen', () => {
    const uids = [...JSON.stringify(dashboard).matchAll(/"uid":"([^"]*)"/g)].map(([, uid]) => uid);
    expect(new Set(uids)).toEqual(new Set([dashboard.uid, `\${datasource}`]));
  });

  it('says of each panel what it means that there is nothing to show', () => {
    const silent = panelsOf(dashboard).filter(({ fieldConfig }) => !fieldConfig?.defaults.noValue);
    expect(silent.map(({ title }) => title)).toEqual([]);
  });

  it('shows what is stored in UTC in the time of London', () => {
    expect(dashboard.timezone).toBe('Europe/London');
  });
});

/** What breaks each rule, on a dashboard that asks Prometheus. */
const BREACHES: Readonly<Record<string, (dashboard: Dashboard) => void>> = {
  'template-datasource-rule': ({ templating }) => {
    templating.list![0]!.label = 'Source';
  },
  'template-job-rule': ({ templating }) => {
    templating.list![1]!.allValue = '.*';
  },
  'template-instance-rule': ({ templating }) => {
    templating.list!.splice(2, 1);
  },
  'template-label-promql-rule': ({ templating }) => {
    templating.list![1]!.query = 'SELECT job';
  },
  'template-on-time-change-reload-rule': ({ templating }) => {
    templating.list![1]!.refresh = 1;
  },
  'panel-datasource-rule': (dashboard) => {
    panelsOf(dashboard)[0]!.datasource = { uid: 'tocsin-prometheus' };
  },
  'panel-title-description-rule': (dashboard) => {
    panelsOf(dashboard)[0]!.description = '';
  },
  'panel-units-rule': (dashboard) => {
    panelsOf(dashboard)[0]!.fieldConfig!.overrides.push({
      matcher: { id: 'byName', options: 'a' },
      properties: [{ id: 'unit', value: 'alerts' }],
    });
  },
  'panel-no-targets-rule': (dashboard) => {
    panelsOf(dashboard)[0]!.targets = [];
  },
  'target-promql-rule': asking('sum(up'),
  'target-rate-interval-rule': asking('rate(a_total{job=~"$job", instance=~"$instance"}[5m])'),
  'target-job-rule': asking('up{instance=~"$instance"}'),
  'target-instance-rule': asking('up{job=~"$job"}'),
  'target-counter-agg-rule': asking('sum(a_total{job=~"$job", instance=~"$instance"})'),
  'uneditable-dashboard-rule': (dashboard) => {
    dashboard.editable = true;
  },
};

function asking(expr: string) {
  return (dashboard: Dashboard) => {
    Object.assign(panelsOf(dashboard)[0]!.targets![0]!, { expr });
  };
}

it.each(Object.keys(LINTER_RULES))('the %s finds what breaks it, and only that', (name) => {
  const broken = copyOf(DASHBOARDS['pipeline-health']!);
  BREACHES[name]!(broken);
  const found = Object.entries(LINTER_RULES).filter(([, rule]) => rule(broken).length > 0);
  expect(found.map(([one]) => one)).toEqual([name]);
});
