import { readdirSync, readFileSync } from 'node:fs';

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

const FOLDER = new URL('../../../deploy/grafana/dashboards/', import.meta.url);

/** The dashboards as they are deployed. */
const DASHBOARDS: readonly Dashboard[] = readdirSync(FOLDER).map((name) =>
  JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')),
);

const SECONDS = { '1m': 60, '1h': 3600, '1d': 86_400 };

/** What is asked of ClickHouse: every query of every panel, and every annotation. */
export const QUERIES: readonly Query[] = DASHBOARDS.flatMap(({ title: dashboard, panels, annotations }) => [
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
