import { DASHBOARDS as PLANS } from '@tocsin/dashboards';

export interface Query {
  readonly dashboard: string;
  /** Of the panel, or `annotation: ` and its name. */
  readonly title: string;
  readonly refId: string;
  readonly sql: string;
  /** Of a chart at least, in seconds. */
  readonly interval: number;
}

interface Target {
  readonly refId: string;
  readonly rawSql?: string;
}
interface Panel {
  readonly type: string;
  readonly title: string;
  readonly interval?: string;
  readonly targets?: readonly Target[];
}
interface Variable {
  readonly name: string;
  readonly type: string;
  readonly query: string;
  readonly includeAll: boolean;
  readonly current: { readonly value: string };
}
interface Dashboard {
  readonly title: string;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly Variable[] };
  readonly annotations: { readonly list: readonly { readonly name: string; readonly target: Target }[] };
}

/** The dashboards as they are deployed: the files are held to these. */
const DASHBOARDS: readonly Dashboard[] = JSON.parse(JSON.stringify(Object.values(PLANS)));

const SECONDS = { '1m': 60, '1h': 3600, '1d': 86_400 };

/** What is asked of ClickHouse: every query of every panel, and every annotation. */
const QUERIES: readonly Query[] = DASHBOARDS.flatMap(({ title: dashboard, panels, annotations }) => [
  ...panels.flatMap(({ title, interval, targets = [] }) =>
    targets.flatMap(({ refId, rawSql }) =>
      rawSql === undefined
        ? []
        : [
            {
              dashboard,
              title,
              refId,
              sql: rawSql,
              interval: SECONDS[(interval ?? '1m') as keyof typeof SECONDS],
            },
          ],
    ),
  ),
  ...(annotations.list ?? []).map(({ name, target: { refId, rawSql } }) => ({
    ...{ dashboard, title: `annotation: ${name}`, refId, sql: rawSql!, interval: 60 },
  })),
]);

/** The same with a name for each: of a panel with several queries, its title and their letter. */
export const NAMED = QUERIES.map((query) => {
  const { dashboard, title, refId } = query;
  const several = QUERIES.filter((one) => one.dashboard === dashboard && one.title === title).length > 1;
  return { ...query, name: several ? `${title} ${refId}` : title };
});

/** Variables without an All have one value from the beginning. */
export const DEFAULTS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  DASHBOARDS.flatMap(({ templating }) => templating.list)
    .filter(({ type, includeAll }) => type === 'custom' && !includeAll)
    .map(({ name, current }) => [name, [current.value]]),
);

/** The variables whose values are asked for, by dashboard. */
export const VARIABLES = DASHBOARDS.flatMap(({ title: dashboard, templating }) =>
  templating.list
    .filter(({ type, query }) => type === 'query' && query.startsWith('SELECT'))
    .map(({ name, query }) => ({ dashboard, name, sql: query })),
);
