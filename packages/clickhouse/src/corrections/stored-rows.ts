import type { Store } from '../client.ts';
import { ALERT_COLUMNS } from '../delivery/tables.ts';
import type { Positions } from '../inventory/positions.ts';
import { type HourRows, piecesOf } from './pieces.ts';

/** Alerts of some partitions, received at or after `from` and before `to` (ms); `of`: those of changed devices only. */
export interface StoredRange {
  readonly stream: string;
  readonly partitions: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly of?: HistoryRange;
}

/** Rows of the device history at or beyond one position and before another. */
export interface HistoryRange {
  readonly after: Positions;
  readonly through: Positions;
}

const IN_RANGE = `offset >= {after:Map(String, UInt64)}[concat(stream, '/', toString(partition))]
  AND offset < {through:Map(String, UInt64)}[concat(stream, '/', toString(partition))]`;

const HOUR_MS = 3_600_000;
/** Rows that are read at once. */
const MOST_ROWS = 100_000;

/** Since when devices were something else than was known before, ms; null where the range has no row. */
export async function changedSince(store: Store, { after, through }: HistoryRange): Promise<number | null> {
  const [row] = await store.rows<{ since: number | null }>(
    `SELECT toUnixTimestamp64Milli(minOrNull(effective_at)) AS since FROM device_history WHERE ${IN_RANGE}`,
    { after, through },
  );
  return row?.since ?? null;
}

/**
 * The rows as they hold now, corrections included, in the columns of ALERT_COLUMNS and as tab separated text, so that
 * they compare with rows as the processor writes them; in pieces of moderate size.
 */
export async function* storedRows(store: Store, range: StoredRange): AsyncGenerator<string[]> {
  const params = {
    stream: range.stream,
    partitions: range.partitions,
    since: range.from,
    until: range.to,
    after: range.of?.after,
    through: range.of?.through,
  };
  const rows = `FROM raw_alerts(target = '', seconds = 3600, from = toDateTime({from:UInt32}, 'UTC'), to = toDateTime({to:UInt32}, 'UTC'))
    WHERE stream = {stream:String} AND has({partitions:Array(UInt16)}, partition)
      AND received_at >= fromUnixTimestamp64Milli({since:Int64}, 'UTC')
      AND received_at <= fromUnixTimestamp64Milli({until:Int64} - 1, 'UTC')
      ${range.of ? `AND device IN (SELECT device FROM device_history WHERE ${IN_RANGE})` : ''}`;
  const hours = await store.rows<HourRows>(
    `SELECT toUnixTimestamp(toStartOfHour(received_at)) AS hour, count() AS rows ${rows} GROUP BY hour ORDER BY hour`,
    {
      ...params,
      from: Math.floor(range.from / HOUR_MS) * 3600,
      to: Math.ceil(range.to / 1000),
    },
  );
  // Clock_suspect as the processor writes it.
  const columns = ALERT_COLUMNS.map((column) =>
    column === 'clock_suspect' ? 'toUInt8(clock_suspect)' : column,
  );
  for (const piece of piecesOf(hours, MOST_ROWS)) {
    yield await store.lines(
      `SELECT ${columns.join(', ')} ${rows} AND offset % {shares:UInt32} = {share:UInt32}`,
      { ...params, ...piece },
    );
  }
}
