import type { Store } from '../client.ts';
import { ALERT_COLUMNS } from '../delivery/tables.ts';
import type { Positions } from '../inventory/positions.ts';
import { type HourRows, piecesOf, spansOf } from './pieces.ts';

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

/** Rows that are looked through at once for those of changed devices. */
const MOST_SEARCHED = 50_000_000;
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
 * they compare with rows as the processor writes them; in pieces of moderate size. They are the rows of `raw_alerts`,
 * which would look at every correction of a piece's hours, also where few of their rows are wanted: here it is only at
 * those of the rows themselves.
 */
export async function* storedRows(store: Store, range: StoredRange): AsyncGenerator<string[]> {
  const { stream, partitions } = range;
  const params = { stream, partitions, since: range.from, until: range.to, ...range.of };
  const wanted = `stream = {stream:String} AND has({partitions:Array(UInt16)}, partition)
    AND received_at >= greatest(fromUnixTimestamp64Milli({since:Int64}, 'UTC'), toDateTime64({from:UInt32}, 3, 'UTC'))
    AND received_at < least(fromUnixTimestamp64Milli({until:Int64}, 'UTC'), toDateTime64({to:UInt32}, 3, 'UTC'))
    ${range.of ? `AND device IN (SELECT device FROM device_history WHERE ${IN_RANGE})` : ''}`;
  const piece = `${wanted} AND offset % {shares:UInt32} = {share:UInt32}`;
  // Clock_suspect as the processor writes it.
  const columns = ALERT_COLUMNS.map((column) =>
    column === 'clock_suspect' ? 'toUInt8(clock_suspect)' : column,
  );
  for (const span of spansOf(await acceptedHours(store, range), MOST_SEARCHED)) {
    // A correction's row has the hour and the device of the row that it corrects.
    const hours = await store.rows<HourRows>(
      `SELECT toUnixTimestamp(toStartOfHour(received_at)) AS hour, count() AS rows FROM alerts
       WHERE ${wanted} GROUP BY hour ORDER BY hour`,
      { ...params, ...span },
    );
    for (const one of piecesOf(hours, MOST_ROWS)) {
      yield await store.lines(
        `SELECT ${columns.join(', ')} FROM (
           SELECT toUInt64(0) AS revision, * FROM alerts WHERE ${piece}
           UNION ALL
           SELECT * FROM corrections
           WHERE ${piece} AND (toStartOfHour(received_at), revision) IN (
             SELECT hour, revision FROM revisions
             WHERE hour >= toDateTime({from:UInt32}, 'UTC') AND hour < toDateTime({to:UInt32}, 'UTC')
               AND at < initialQueryStartTime()
           )
         )
         ORDER BY revision DESC LIMIT 1 BY stream, partition, offset`,
        { ...params, ...one },
      );
    }
  }
}

/** By the ledger, which has every row. */
function acceptedHours(store: Store, { stream, partitions, from, to }: StoredRange): Promise<HourRows[]> {
  return store.rows<HourRows>(
    `SELECT toUnixTimestamp(hour) AS hour, sum(hour_accepted) AS rows FROM blocks
     WHERE stream = {stream:String} AND has({partitions:Array(UInt16)}, partition)
       AND blocks.hour >= toStartOfHour(fromUnixTimestamp64Milli({from:Int64}, 'UTC'))
       AND blocks.hour < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
     GROUP BY hour HAVING rows > 0 ORDER BY hour`,
    { stream, partitions, from, to },
  );
}
