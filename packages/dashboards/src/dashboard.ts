import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  type AnnotationQueryBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  type Panel,
  RowBuilder,
  TimePickerBuilder,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';

export interface Plan {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** From when to now, as Grafana writes it; and how often it is asked again. */
  readonly range: string;
  readonly refresh: string;
  readonly variables: readonly Builder<VariableModel>[];
  readonly annotations: readonly AnnotationQueryBuilder[];
  /** By the question that a row answers. */
  readonly rows: Readonly<Record<string, readonly Builder<Panel>[]>>;
}

const TAG = 'tocsin';

/** The other dashboards, for the same time. */
const OTHERS = new DashboardLinkBuilder('Dashboards')
  .type(DashboardLinkType.Dashboards)
  .tags([TAG])
  .asDropdown(true)
  .keepTime(true)
  .includeVars(false);

/** What is stored in UTC is shown in London's time, in which operations work. Changed here, not in Grafana. */
export function buildDashboard(plan: Plan): Dashboard {
  const builder = new DashboardBuilder(plan.title)
    .uid(plan.uid)
    .description(plan.description)
    .tags([TAG])
    .timezone('Europe/London')
    .weekStart('monday')
    .time({ from: plan.range, to: 'now' })
    .timepicker(new TimePickerBuilder().refreshIntervals(['30s', '1m', '5m', '15m', '1h']))
    .refresh(plan.refresh)
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .link(OTHERS)
    .variables([...plan.variables])
    .annotations([...plan.annotations]);
  for (const [title, panels] of Object.entries(plan.rows)) {
    builder.withRow(new RowBuilder(title));
    for (const panel of panels) builder.withPanel(panel);
  }
  const dashboard = builder.build();
  // Links to a panel go by its number.
  return { ...dashboard, panels: dashboard.panels!.map((panel, i) => ({ ...panel, id: i + 1 })) };
}

/** A link to another dashboard, for the same time. @param variables such as `var-code=…` */
export const linkTo = (uid: string, variables: string) => `/d/${uid}?\${__url_time_range}&${variables}`;
