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
import { ALERT_COLUMNS, alertTables, type DeliveryTables, INVENTORY_TABLES } from './tables.ts';

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

/**
 * The ledger `blocks` and the rows of `alerts` and `device_history`.
 * @param columns those of `alerts` that the slices' rows have
 */
export const alertStore = <R>(store: Store, columns: readonly string[] = ALERT_COLUMNS): DeliveryStore<R> =>
  deliveryStore(store, alertTables(columns));

/** The ledger `inventory_blocks` and the rows of `device_history`. */
export const inventoryStore = <R>(store: Store): DeliveryStore<R> => deliveryStore(store, INVENTORY_TABLES);

/** A ledger and the rows of its blocks, as the delivery of blocks needs them. */
function deliveryStore<R>(store: Store, { ledger, messages, beside }: DeliveryTables): DeliveryStore<R> {
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

  const besideOf = (part: string) => beside.find(({ table }) => table === part);

  return {
    async streams(topic) {
      const rows = await store.rows<{ stream: string }>(
        `SELECT DISTINCT stream FROM ${ledger} WHERE splitByChar('/', stream)[2] = {topic:String}`,
        { topic },
      );
      return rows.map(({ stream }) => stream);
    },
    async ledger(place, offset) {
      const rows = await store.rows<LedgerRow>(
        `WITH (SELECT max(last_offset) FROM ${ledger} WHERE stream = {stream:String} AND partition = {partition:UInt16}) AS newest
         SELECT DISTINCT first_offset AS first, last_offset AS last, toUnixTimestamp64Milli(planned_at) AS plannedAt,
           rule_version AS rules, checksum, records, accepted, rejected, duplicates
         FROM ${ledger}
         WHERE stream = {stream:String} AND partition = {partition:UInt16} AND last_offset >= least({from:UInt64}, newest)
         ORDER BY first`,
        { ...place, from: offset ?? Number.MAX_SAFE_INTEGER },
      );
      return rows.map(toPlan);
    },
    rowsFrom: (place, from) =>
      count(
        `SELECT count() AS n FROM ${messages.table}
         WHERE stream = {stream:String} AND partition = {partition:UInt16} AND offset >= {from:UInt64}`,
        { ...place, from },
      ),
    insertLedger: (place, block, name) =>
      insert(ledger, LEDGER_COLUMNS, ledgerRows(place, block).join(''), name),
    insertSlice(_place, _block, slice, name) {
      const { table, columns } = besideOf(slice.part) ?? messages;
      return insert(table, columns, slice.body, name);
    },
    async count(parcel) {
      await untilNoneRuns(parcel);
      const params = { ...parcel.place, ...boundsOf(parcel.bounds) };
      if (parcel.part === 'ledger') {
        return count(
          `SELECT count() AS n FROM ${ledger}
           WHERE stream = {stream:String} AND partition = {partition:UInt16}
             AND first_offset = {first:UInt64} AND last_offset = {last:UInt64}`,
          params,
        );
      }
      const other = besideOf(parcel.part);
      if (other) return count(countRows(other.table), params);
      const ofPart = messages.ofPart ? ` AND ${messages.ofPart}` : '';
      return count(countRows(messages.table) + ofPart, { ...params, part: parcel.part });
    },
    countBlock: (place, bounds) => count(countRows(messages.table), { ...place, ...boundsOf(bounds) }),
  };
}

const countRows = (table: string): string =>
  `SELECT count() AS n FROM ${table}
   WHERE stream = {stream:String} AND partition = {partition:UInt16}
     AND offset BETWEEN {first:UInt64} AND {last:UInt64}`;

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
