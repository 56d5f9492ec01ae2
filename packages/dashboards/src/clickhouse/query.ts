import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';

const TYPE = 'grafana-clickhouse-datasource';

/** Grafana's own ClickHouse data source, whichever the dashboard's variable says. */
export const CLICKHOUSE: DataSourceRef = { type: TYPE, uid: `\${datasource}` };

/** As the data source stores a query that was written as SQL; its version keeps it from being migrated from an older form. */
interface ClickHouseQuery extends Dataquery {
  readonly refId: string;
  readonly datasource: DataSourceRef;
  readonly editorType: 'sql';
  readonly queryType: 'timeseries' | 'table';
  /** sqlds: 0 is a time series, whose text columns become labels; 1 is a table. */
  readonly format: 0 | 1;
  readonly rawSql: string;
  readonly pluginVersion: string;
}

const query = (refId: string, queryType: ClickHouseQuery['queryType'], sql: string): Builder<Dataquery> => ({
  build: (): ClickHouseQuery => ({
    refId,
    datasource: CLICKHOUSE,
    editorType: 'sql',
    queryType,
    format: queryType === 'timeseries' ? 0 : 1,
    rawSql: sql.trim(),
    pluginVersion: '4.20.0',
    _implementsDataqueryVariant: undefined as never,
  }),
});

/** Rows as they are. */
export const rows = (sql: string, refId = 'A') => query(refId, 'table', sql);

/** Rows in order of their column `time`; each text column tells series apart, each number is one. */
export const series = (sql: string, refId = 'A') => query(refId, 'timeseries', sql);

/**
 * A time as the argument of a view, which takes it as text: in UTC, as the view reads it. Without this the server would
 * write it in its own time zone.
 */
export const utc = (time: string) => `toString(${time}, 'UTC')`;

/** The hours of the dashboard's time range, by their beginning: the one in which it begins is whole. */
export const HOURS = `from = ${utc('toStartOfHour($__fromTime)')}, to = ${utc('$__toTime')}`;

/** How many days the time range is, to give alerts a day. */
export const DAYS = "(dateDiff('second', $__fromTime, $__toTime) / 86400)";
