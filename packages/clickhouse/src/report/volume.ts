import type { Store } from '../client.ts';

/** Hours in [from, to), taken by their beginning; both `YYYY-MM-DD hh:mm:ss`, UTC. `leftOut`: London days, `YYYY-MM-DD`. */
export interface VolumeWindow {
  from: string;
  to: string;
  leftOut: readonly string[];
}

const COLUMNS = {
  day: "toString(toDate(hour, 'Europe/London'))",
  alert_code: 'alert_code',
  manufacturer: 'manufacturer',
  model: 'model',
  responsible_party: 'responsible_party',
  acting_party: 'acting_party',
  suppression: 'suppression',
  reason: 'reason',
  remedy: 'remedy',
  remedy_reason: 'remedy_reason',
} as const;
/** What volume can be told apart by; `day` is a London day, `YYYY-MM-DD`. */
export type VolumeColumn = keyof typeof COLUMNS;

/** Keeps the rows of which each named column has one of the values. */
export type VolumeFilter = Partial<Record<Exclude<VolumeColumn, 'day'>, readonly string[]>>;

/** A group of the volume: its value of each column asked for, its alerts (the sum of N), and the codes that it has. */
export type Volume<Column extends VolumeColumn> = Record<Column, string> & {
  alerts: number;
  messages: number;
  /** Distinct devices: exact up to 65,536, estimated above. */
  devices: number;
  codes: string[];
};

/** The volume of a window, as `alert_volume` has it, by the columns asked for; without columns one row, or none. */
export async function readVolume<const Column extends VolumeColumn = never>(
  store: Store,
  { from, to, leftOut }: VolumeWindow,
  by: readonly Column[],
  filters: readonly VolumeFilter[] = [],
): Promise<Volume<Column>[]> {
  const params: Record<string, unknown> = { from, to, left_out: leftOut };
  // Any of the filters keeps a row; within one all columns have to agree.
  const kept = filters.map((filter, i) =>
    Object.entries(filter)
      .map(([column, values]) => {
        params[`${column}_${i}`] = values;
        return `${column} IN {${column}_${i}:Array(String)}`;
      })
      .join(' AND '),
  );
  const columns = by.map((column) => `${COLUMNS[column]} AS of_${column}`);
  const grouped = by.map((column) => `of_${column}`).join(', ');
  const rows = await store.rows<Record<string, string | number | string[]>>(
    `SELECT ${[...columns, 'sum(alerts) AS n_alerts', 'sum(messages) AS n_messages'].join(', ')},
       uniqMerge(devices_state) AS n_devices, arraySort(groupUniqArray(alert_code)) AS codes
     FROM ${store.database}.alert_volume(from = {from:DateTime('UTC')}, to = {to:DateTime('UTC')})
     WHERE toDate(hour, 'Europe/London') NOT IN {left_out:Array(Date)}
       ${kept.length > 0 ? `AND (${kept.map((one) => `(${one})`).join(' OR ')})` : ''}
     ${grouped ? `GROUP BY ${grouped} ORDER BY ${grouped}` : 'HAVING n_messages > 0'}`,
    params,
  );
  return rows.map(
    (row) =>
      ({
        ...Object.fromEntries(by.map((column) => [column, row[`of_${column}`]])),
        alerts: row.n_alerts,
        messages: row.n_messages,
        devices: row.n_devices,
        codes: row.codes,
      }) as Volume<Column>,
  );
}
