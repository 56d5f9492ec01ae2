import { setTimeout as pause } from 'node:timers/promises';
import {
  type Block,
  type Bounds,
  type Store as DeliveryStore,
  type Parcel,
  type Place,
  type Plan,
  token,
} from '@tocsin/delivery';
import type { Store } from '../client.ts';
import { formatMoment } from './tab-separated.ts';

/** The columns of a slice's rows, in the order in which the processor writes them. */
export const ALERT_COLUMNS = [
  'stream',
  'partition',
  'offset',
  'planned_at',
  'received_at',
  'raised_at',
  'device',
  'originator',
  'target',
  'counter',
  'alert_code',
  'message_code',
  'alerts',
  'encoding',
] as const;

const LEDGER_COLUMNS = [
  'hour',
  'stream',
  'partition',
  'first_offset',
  'last_offset',
  'planned_at',
  'rule_version',
  'checksum',
  'records',
  'accepted',
  'rejected',
  'duplicates',
  'hour_accepted',
] as const;

/**
 * One insert is one block and so one part: wholly there or not at all. The server would otherwise cut it by
 * rows and bytes, and number the token's parts.
 */
const ONE_PART = {
  input_format_parallel_parsing: 0,
  max_insert_block_size: '100000000',
  min_insert_block_size_rows: '100000000',
  min_insert_block_size_bytes: '100000000000',
  max_insert_threads: '1',
} as const;

const POLL_MS = 50;

interface LedgerRow {
  first: number;
  last: number;
  plannedAt: number;
  rules: string;
  checksum: string;
  records: number;
  accepted: number;
  rejected: number;
  duplicates: number;
}

/** The ledger `blocks` and the rows of `alerts`, as the delivery of blocks needs them. */
export function alertStore<R>(store: Store): DeliveryStore<R> {
  const count = async (query: string, params: Record<string, unknown>): Promise<number> => {
    const [row] = await store.rows<{ n: number }>(query, params);
    return row?.n ?? 0;
  };

  /** A request whose answer was lost may still be at work; only after it can a count be final. */
  const untilNoneRuns = async (parcel: Parcel): Promise<void> => {
    const comment = token(parcel.place, parcel.bounds, parcel.part);
    const query = `SELECT count() AS n FROM system.processes
      WHERE startsWith(Settings['log_comment'], {comment:String})`;
    while ((await count(query, { comment })) > 0) await pause(POLL_MS);
  };

  const insert = (table: string, columns: readonly string[], body: Uint8Array | string, name: string) =>
    store.insert({
      table,
      columns,
      format: 'TabSeparated',
      body,
      token: name,
      settings: { ...ONE_PART, log_comment: name },
    });

  return {
    async streams(topic) {
      const rows = await store.rows<{ stream: string }>(
        "SELECT DISTINCT stream FROM blocks WHERE splitByChar('/', stream)[2] = {topic:String}",
        { topic },
      );
      return rows.map(({ stream }) => stream);
    },
    async ledger(place, offset) {
      const rows = await store.rows<LedgerRow>(
        `WITH (SELECT max(last_offset) FROM blocks WHERE stream = {stream:String} AND partition = {partition:UInt16}) AS newest
         SELECT DISTINCT first_offset AS first, last_offset AS last, toUnixTimestamp64Milli(planned_at) AS plannedAt,
           rule_version AS rules, checksum, records, accepted, rejected, duplicates
         FROM blocks
         WHERE stream = {stream:String} AND partition = {partition:UInt16} AND last_offset >= least({from:UInt64}, newest)
         ORDER BY first`,
        { ...place, from: offset ?? Number.MAX_SAFE_INTEGER },
      );
      return rows.map(toPlan);
    },
    rowsFrom: (place, from) =>
      count(
        `SELECT count() AS n FROM alerts
         WHERE stream = {stream:String} AND partition = {partition:UInt16} AND offset >= {from:UInt64}`,
        { ...place, from },
      ),
    insertLedger: (place, block, name) =>
      insert('blocks', LEDGER_COLUMNS, ledgerRows(place, block).join(''), name),
    insertSlice: (_place, _block, slice, name) => insert('alerts', ALERT_COLUMNS, slice.body, name),
    async count(parcel) {
      await untilNoneRuns(parcel);
      return parcel.part === 'ledger'
        ? count(
            `SELECT count() AS n FROM blocks
             WHERE stream = {stream:String} AND partition = {partition:UInt16}
               AND first_offset = {first:UInt64} AND last_offset = {last:UInt64}`,
            { ...parcel.place, ...boundsOf(parcel.bounds) },
          )
        : count(
            `SELECT count() AS n FROM alerts
             WHERE stream = {stream:String} AND partition = {partition:UInt16}
               AND offset BETWEEN {first:UInt64} AND {last:UInt64} AND toDate(received_at) = {day:Date}`,
            { ...parcel.place, ...boundsOf(parcel.bounds), day: parcel.part },
          );
    },
    countBlock: (place, bounds) =>
      count(
        `SELECT count() AS n FROM alerts
         WHERE stream = {stream:String} AND partition = {partition:UInt16}
           AND offset BETWEEN {first:UInt64} AND {last:UInt64}`,
        { ...place, ...boundsOf(bounds) },
      ),
  };
}

function boundsOf({ first, last }: Bounds): { first: number; last: number } {
  return { first, last };
}

function toPlan({ records, accepted, rejected, duplicates, ...plan }: LedgerRow): Plan {
  return { ...plan, tally: { records, accepted, rejected, duplicates } };
}

function ledgerRows<R>(place: Place, { plan, hours }: Block<R>): string[] {
  const { records, accepted, rejected, duplicates } = plan.tally;
  return hours.map(({ hour, accepted: hourAccepted }) => {
    const fields = [
      formatMoment(hour * 1000).slice(0, 19),
      place.stream,
      place.partition,
      plan.first,
      plan.last,
      formatMoment(plan.plannedAt),
      plan.rules,
      plan.checksum,
      records,
      accepted,
      rejected,
      duplicates,
      hourAccepted,
    ];
    return `${fields.join('\t')}\n`;
  });
}
